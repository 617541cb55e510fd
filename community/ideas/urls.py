from django.urls import path

from community.ideas import views

app_name = "community_ideas"
urlpatterns = [
    path("topics/<uuid:topic_id>/vote/", views.vote_for, name="vote"),
    path("topics/<uuid:topic_id>/idea-answer/", views.answer, name="answer"),
]
