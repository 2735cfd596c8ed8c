"""Signals that the apps send and the site listens to."""

from django.dispatch import Signal

# What visitors see has changed in a way that no statement of the database tells: a file, a
# setting. Rows need no signal, however they are written: homepage/revision.py sees the statements.
content_changed = Signal()
