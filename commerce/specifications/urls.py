"""Pages of specifications."""

from django.urls import path

from commerce.specifications import views

app_name = "commerce_specifications"
urlpatterns = [
    path("shop/<str:product_slug>/specification/", views.specify, name="specify"),
    path("shop/<str:product_slug>/specification/keep/", views.keep, name="keep"),
    path("settings/specifications/", views.mine, name="mine"),
    path("settings/specifications/<uuid:specification_id>/", views.edit, name="edit"),
    path("settings/specifications/<uuid:specification_id>/delete/", views.delete, name="delete"),
]
