"""Pages of changes."""

from django.urls import path

from commerce.changes import views

app_name = "commerce_changes"
urlpatterns = [
    path("shop/<str:product_slug>/changes/", views.changes, name="changes"),
    path("shop/<str:product_slug>/changes/<uuid:change_id>/", views.change, name="change"),
]
