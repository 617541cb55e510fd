"""Pages of watches."""

from django.urls import path

from commerce.watches import views

app_name = "commerce_watches"
urlpatterns = [
    path("shop/<str:product_slug>/watch/", views.watch, name="watch"),
    path("watches/", views.mine, name="mine"),
    path("watches/asleep/end/", views.end_asleep, name="end_asleep"),
    path("watches/<uuid:watch_id>/end/", views.end, name="end"),
]
