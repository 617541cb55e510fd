from django.urls import path

from community.scorecards import views

app_name = "community_scorecards"
urlpatterns = [
    path("score-cards/", views.score_cards, name="score_cards"),
    path("score-cards/new/", views.make_score_card, name="make_score_card"),
    path("score-cards/<str:slug>/", views.score_card, name="score_card"),
    path("score-cards/<str:slug>/scores/", views.score, name="score"),
    path("score-cards/<str:slug>/code.svg", views.qr, name="qr"),
    path("lists/", views.ranked_lists, name="ranked_lists"),
    path("lists/new/", views.make_ranked_list, name="make_ranked_list"),
    path("lists/<str:slug>/", views.ranked_list, name="ranked_list"),
    path("lists/<str:slug>/edit/", views.edit_ranked_list, name="edit_ranked_list"),
    path("lists/<str:slug>/removal/", views.delete_ranked_list, name="delete_ranked_list"),
]
