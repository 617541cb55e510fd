"""Pages of boards, topics, posts and tags."""

from django.urls import path

from community.boards.views import composing, feeds, lists, moderating, posts, sitemaps, topics

app_name = "community_boards"
urlpatterns = [
    path("boards/", lists.index, name="index"),
    path("boards/<str:board_slug>/", lists.board, name="board"),
    path("boards/<str:board_slug>/new/", topics.start, name="start"),
    path("topics/", lists.topics, name="topics"),
    path("topics/<uuid:topic_id>/", topics.topic, name="topic"),
    path("topics/<uuid:topic_id>/reply/", topics.reply, name="reply"),
    path("topics/<uuid:topic_id>/edit/", topics.edit, name="edit"),
    path("topics/<uuid:topic_id>/remove/", topics.remove, name="remove"),
    path("topics/<uuid:topic_id>/restore/", topics.restore, name="restore"),
    path("topics/<uuid:topic_id>/answer/", topics.answer, name="answer"),
    path("topics/<uuid:topic_id>/state/", moderating.state, name="state"),
    path("topics/<uuid:topic_id>/move/", moderating.move, name="move"),
    path("topics/<uuid:topic_id>/merge/", moderating.merge, name="merge"),
    path("topics/<uuid:topic_id>/split/", moderating.split, name="split"),
    path("posts/preview/", composing.preview, name="preview"),
    path("posts/mentions/", composing.mentions, name="mentions"),
    path("posts/<uuid:post_id>/", posts.post, name="post"),
    path("posts/<uuid:post_id>/edit/", posts.edit, name="edit_post"),
    path("posts/<uuid:post_id>/remove/", posts.remove, name="remove_post"),
    path("posts/<uuid:post_id>/restore/", posts.restore, name="restore_post"),
    path("posts/<uuid:post_id>/quote/", composing.quote, name="quote"),
    path("posts/<uuid:post_id>/revisions/", posts.revisions, name="revisions"),
    path("posts/<uuid:post_id>/revisions/<int:number>/", posts.hide_revision, name="hide_revision"),
    path("tags/", lists.tags, name="tags"),
    path("posts/tags/", composing.tag_names, name="tag_names"),
    path("tags/<str:tag_slug>/", lists.tag, name="tag"),
    path("feeds/", feeds.mine, name="feeds"),
    path("feeds/topics.atom", feeds.topics, name="topics_feed"),
    path("feeds/boards/<str:board_slug>.atom", feeds.board, name="board_feed"),
    path("feeds/tags/<str:tag_slug>.atom", feeds.tag, name="tag_feed"),
    path("feeds/topics/<uuid:topic_id>.atom", feeds.topic, name="topic_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.part, name="sitemap_part"),
]
