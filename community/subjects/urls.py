from django.urls import path

from community.subjects import views

app_name = "community_subjects"
urlpatterns = [
    path("subjects/", views.subjects, name="subjects"),
    path("subjects/new/", views.create, name="create"),
    path("subjects/<str:subject_slug>/", views.subject, name="subject"),
    path("subjects/<str:subject_slug>/why/", views.why, name="why"),
    path("subjects/<str:subject_slug>/edit/", views.edit, name="edit"),
    path("subjects/<str:subject_slug>/merge/", views.merge, name="merge"),
]
