"""WSGI entry point: pages and API."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  (read before the first page, and before what follows)
settle()
