from django.urls import path

from community.notifications import views

app_name = "community_notifications"
urlpatterns = [
    path("notifications/", views.index, name="index"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/settings/", views.settings, name="settings"),
    path("notifications/address/", views.resume, name="resume"),
    path("notifications/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("notifications/<uuid:notice_id>/", views.open_notice, name="open"),
    path("announcements/<uuid:announcement_id>/", views.announcement, name="announcement"),
]
