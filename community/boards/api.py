"""Addresses of the REST resources of boards, under /api/v1/."""

from django.urls import path

from community.boards.endpoints import boards, posts, topics

urlpatterns = [
    path("boards/", boards.BoardList.as_view()),
    path("boards/<str:board_slug>/", boards.BoardOne.as_view()),
    path("boards/<str:board_slug>/topics/", boards.BoardTopics.as_view()),
    path("topics/", topics.TopicList.as_view()),
    path("topics/<uuid:topic_id>/", topics.TopicOne.as_view(), name="api_topic"),
    path("topics/<uuid:topic_id>/posts/", topics.TopicPosts.as_view()),
    path("topics/<uuid:topic_id>/answer/", topics.TopicAnswer.as_view()),
    path("topics/<uuid:topic_id>/state/", topics.TopicState.as_view()),
    path("topics/<uuid:topic_id>/split/", topics.TopicSplit.as_view()),
    path("topics/<uuid:topic_id>/merge/", topics.TopicMerge.as_view()),
    path("topics/<uuid:topic_id>/restore/", topics.TopicRestore.as_view()),
    path("posts/<uuid:post_id>/", posts.PostOne.as_view()),
    path("posts/<uuid:post_id>/restore/", posts.PostRestore.as_view()),
    path("posts/<uuid:post_id>/revisions/", posts.PostRevisions.as_view()),
    path("tags/", boards.TagList.as_view()),
]
