from django.urls import path

from community.uploads import views

app_name = "community_uploads"
urlpatterns = [
    path("uploads/", views.mine, name="mine"),
    path("uploads/<uuid:upload_id>/", views.show, name="show"),
    path("uploads/<uuid:upload_id>/<int:width>/", views.thumbnail, name="thumbnail"),
    path("uploads/<uuid:upload_id>/description/", views.describe, name="describe"),
    path("uploads/<uuid:upload_id>/removal/", views.remove, name="remove"),
]
