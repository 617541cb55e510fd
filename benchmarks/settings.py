"""The site's own settings, with the views of the floor beside its routes and with quieter logs."""

from config.settings import *  # noqa: F403
from config.settings import LOGGING

ROOT_URLCONF = "benchmarks.urls"
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}
LOGGING["loggers"] = {**LOGGING["loggers"], "django_structlog": {"level": "WARNING"}}
