"""Pages of drafts."""

from django.urls import path

from community.drafts import views

app_name = "community_drafts"
urlpatterns = [
    path("drafts/", views.mine, name="mine"),
    path("drafts/<uuid:draft_id>/delete/", views.drop, name="drop"),
]
