"""Pages of cart."""

from django.urls import path

from commerce.cart import views

app_name = "commerce_cart"
urlpatterns = [
    path("cart/", views.page, name="page"),
    path("cart/add/", views.add, name="add"),
    path("cart/hindered/remove/", views.remove_hindered, name="remove_hindered"),
    path("cart/lines/<uuid:line_id>/", views.line, name="line"),
    path("cart/lines/<uuid:line_id>/change/", views.change, name="change"),
    path("cart/lines/<uuid:line_id>/remove/", views.remove, name="remove"),
]
