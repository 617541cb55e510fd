"""Pages of the checkout."""

from django.urls import path

from commerce.checkout import views

app_name = "commerce_checkout"
urlpatterns = [
    path("checkout/", views.checkout, name="page"),
    path("checkout/sums/", views.sums, name="sums"),
]
