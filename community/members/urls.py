from django.urls import path

from community.members import settings_views, team_views, views

app_name = "community_members"
urlpatterns = [
    path("members/trust/", views.trust_levels, name="trust"),
    path("members/mine/<str:which>/", views.people, name="people"),
    path("members/pictures/<str:picture>/<str:size>/", views.picture, name="picture"),
    path("members/<str:username>/", views.profile, name="profile"),
    path("members/<str:username>/follow/", views.follow, name="follow"),
    path("members/<str:username>/ignore/", views.ignore, name="ignore"),
    path("settings/", settings_views.profile, name="settings"),
    path("settings/picture/", settings_views.picture, name="settings_picture"),
    path("settings/name/", settings_views.name, name="settings_name"),
    path("settings/security/", settings_views.security, name="security"),
    path("settings/devices/<int:session_id>/end/", settings_views.device_end, name="device_end"),
    path("settings/tokens/", settings_views.token_list, name="tokens"),
    path("settings/tokens/<uuid:token_id>/delete/", settings_views.token_delete, name="token_delete"),
    path("settings/documents/", settings_views.documents, name="documents"),
    path("settings/data/", settings_views.data, name="data"),
    path("settings/data/export/", settings_views.data_export, name="data_export"),
    path("settings/data/export/<uuid:export_id>/", settings_views.data_file, name="data_file"),
    path("settings/data/leave/", settings_views.leave, name="leave"),
    path("teams/", team_views.index, name="teams"),
    path("teams/<str:team_slug>/", team_views.detail, name="team"),
    path("teams/<str:team_slug>/edit/", team_views.edit, name="team_edit"),
    path("teams/<str:team_slug>/members/", team_views.put, name="team_put"),
    path("teams/<str:team_slug>/members/<str:username>/remove/", team_views.remove, name="team_remove"),
]
