"""The routes of the floor, then those of the site. First, because an empty view must cost as little as one can: behind
the site's six hundred patterns it would pay for finding it what no page pays, and every share would look better."""

from django.urls import include, path

from benchmarks import floor
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    path("bench/floor/<int:size>/", floor.empty),
    path("bench/member-floor/<int:size>/", floor.empty_for_a_member),
    path("bench/post-floor/", floor.empty_post),
    path("", include("config.urls")),
]
