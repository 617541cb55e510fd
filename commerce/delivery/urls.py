"""Pages of delivery."""

from django.urls import path

from commerce.delivery import views

app_name = "commerce_delivery"
urlpatterns = [
    path("settings/addresses/", views.addresses, name="addresses"),
    path("settings/addresses/<uuid:address_id>/delete/", views.forget, name="forget"),
]
