"""The site: settings, addresses and everything that joins profiles and publications."""

__version__ = "0.1.0"
