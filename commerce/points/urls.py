"""Pages of points."""

from django.urls import path

from commerce.points import views

app_name = "commerce_points"
urlpatterns = [path("points/", views.mine, name="mine")]
