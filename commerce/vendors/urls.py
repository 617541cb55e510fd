"""Pages of vendors."""

from django.urls import path

from commerce.vendors import views

app_name = "commerce_vendors"
urlpatterns = [
    path("vendors/", views.index, name="vendors"),
    path("vendors/apply/", views.apply, name="apply"),
    path("vendors/<str:vendor_slug>/", views.detail, name="vendor"),
    path("vendors/<str:vendor_slug>/apply-again/", views.apply_again, name="apply_again"),
]
