"""Puts the routes of all apps together. Each app of a wing brings its own urls.py and api.py with full paths; a view
without an access policy stops the start."""

from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule


def wing_urls(module: str) -> list[URLResolver]:
    """The routes of `module` (urls or api) of every app that has one, in the order of the apps."""
    included = []
    for name in settings.WING_APPS:
        if module_has_submodule(import_module(name), module):
            routes = import_module(f"{name}.{module}")
            require_policies(routes.urlpatterns, name)
            included.append(path("", include(routes)))
    return included


def require_policies(patterns: list[URLPattern | URLResolver], where: str) -> None:
    """Raises ImproperlyConfigured for a view that declares no access policy (foundation.access, foundation.rest)."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            require_policies(pattern.url_patterns, where)
        elif not getattr(getattr(pattern.callback, "cls", pattern.callback), "access", None):
            raise ImproperlyConfigured(f"{where}: the view at {pattern.pattern} declares no access policy")
