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
