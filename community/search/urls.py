"""Pages of search."""

from django.urls import path

from community.search import views

app_name = "community_search"
urlpatterns = [
    path("search/", views.results, name="search"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("search/clicks/", views.click, name="click"),
]
