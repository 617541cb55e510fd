from django.urls import path

from community.moderation import views

app_name = "community_moderation"
urlpatterns = [
    path("moderation/", views.index, name="queue"),
    path("moderation/log/", views.log, name="log"),
    path("moderation/flags/", views.my_flags, name="my_flags"),
    path("moderation/flags/<str:kind>/<uuid:target_id>/", views.flag, name="flag"),
    path("moderation/cases/<uuid:case_id>/", views.case, name="case"),
    path("moderation/cases/<uuid:case_id>/claim/", views.claim, name="claim"),
    path("moderation/cases/<uuid:case_id>/sanction/", views.sanction_from_case, name="sanction_from_case"),
    path("moderation/appeals/<uuid:appeal_id>/", views.answer_appeal, name="answer_appeal"),
    path("moderation/decisions/<uuid:decision_id>/", views.decision, name="decision"),
    path("moderation/sanctions/<uuid:sanction_id>/", views.sanction, name="sanction"),
]
