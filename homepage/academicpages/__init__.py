"""Reads what users of academicpages have: Markdown pages made for Jekyll. Plain data, no rows."""
