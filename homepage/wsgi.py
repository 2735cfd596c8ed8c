"""Entry point for web servers: `gunicorn homepage.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from .front import Front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homepage.settings")

application = Front(get_wsgi_application())

# Loads the views now: the first visitor of a process does not wait for it, and a site that cannot
# be loaded fails at its start.
get_resolver().url_patterns  # noqa: B018
