from django.urls import path

from community.site import views

urlpatterns = [
    path("site/logo/<slug:mark>.png", views.logo, name="site_logo"),
]
