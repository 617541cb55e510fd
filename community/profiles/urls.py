from django.urls import path

from community.profiles import views

app_name = "community_profiles"
urlpatterns = [
    path("settings/about/", views.about, name="about"),
    path("settings/about/<str:field_name>/", views.answer, name="answer"),
    path("settings/about/<str:field_name>/decline/", views.decline, name="decline"),
    path("settings/consents/", views.consents, name="consents"),
]
