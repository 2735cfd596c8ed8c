"""Whole addresses of the site's own pages, which the floor makes."""

from .common.site import absolute, origin

__all__ = ["absolute", "origin"]
