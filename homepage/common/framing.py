"""Which page may stand in which: a form of the admin frames a preview of our own, nothing else."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.views.decorators.clickjacking import xframe_options_sameorigin


def framed(view):
    """Let pages of this site frame the answers of a view."""
    return csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(view))


def framing(view):
    """Let the answers of a view frame pages of this site; of those, only `framed` ones agree."""
    return csp_update({"frame-src": [SELF]})(view)
