"""Pages of reading."""

from django.urls import path

from community.reading import views

app_name = "community_reading"
urlpatterns = [
    path("unread/", views.unread, name="unread"),
    path("unread/read/", views.all_read, name="all_read"),
    path("boards/<str:board_slug>/read/", views.board_read, name="board_read"),
    path("boards/<str:board_slug>/follow/", views.board_follow, name="board_follow"),
    path("topics/<uuid:topic_id>/read/", views.topic_read, name="topic_read"),
    path("topics/<uuid:topic_id>/follow/", views.topic_follow, name="topic_follow"),
    path("topics/<uuid:topic_id>/why/", views.why, name="why"),
    path("bookmarks/", views.bookmarks, name="bookmarks"),
    path("bookmarks/<str:target_kind>/<uuid:target_id>/", views.keep, name="keep"),
    path("bookmarks/<str:target_kind>/<uuid:target_id>/remove/", views.unkeep, name="unkeep"),
]
