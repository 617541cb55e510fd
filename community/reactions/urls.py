from django.urls import path

from community.reactions import views

app_name = "community_reactions"
urlpatterns = [
    path("posts/<uuid:post_id>/reactions/", views.who, name="who"),
    path("posts/<uuid:post_id>/reactions/<slug:kind>/", views.toggle, name="toggle"),
]
