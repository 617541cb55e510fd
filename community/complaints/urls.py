from django.urls import path

from community.complaints import views

app_name = "community_complaints"
urlpatterns = [
    path("complaints/", views.desk, name="desk"),
    path("topics/<uuid:topic_id>/complaint-answer/", views.answer, name="answer"),
    path("topics/<uuid:topic_id>/complaint-outcome/", views.outcome, name="outcome"),
]
