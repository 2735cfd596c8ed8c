"""The whole public site as files, for any host that serves files."""
