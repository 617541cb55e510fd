"""Pages of shelves."""

from django.urls import path

from commerce.shelf import views

app_name = "commerce_shelf"
urlpatterns = [
    path("shelf/", views.shelf, name="shelf"),
    path("shelf/new/", views.new, name="new"),
    path("shelf/<uuid:thing_id>/", views.thing, name="thing"),
    path("shelf/<uuid:thing_id>/removal/", views.remove, name="remove"),
    path("shelf/<uuid:thing_id>/again/", views.again, name="again"),
]
