from django.urls import path

from community.polls import views

app_name = "community_polls"
urlpatterns = [
    path("topics/<uuid:topic_id>/poll/", views.detail, name="detail"),
    path("topics/<uuid:topic_id>/poll/vote/", views.vote, name="vote"),
    path("topics/<uuid:topic_id>/poll/withdrawal/", views.withdraw, name="withdraw"),
    path("topics/<uuid:topic_id>/poll/closing/", views.close, name="close"),
]
