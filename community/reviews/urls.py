from django.urls import path

from community.reviews import views

app_name = "community_reviews"
urlpatterns = [
    path("subjects/<str:subject_slug>/reviews/", views.reviews, name="reviews"),
    path("subjects/<str:subject_slug>/reviews/new/", views.write, name="write"),
    path("subjects/<str:subject_slug>/rating/", views.set_rating, name="set_rating"),
    path("subjects/<str:subject_slug>/related/", views.related, name="related"),
    path("subjects/<str:subject_slug>/ratings.csv", views.ratings_csv, name="ratings_csv"),
    path("subjects/<str:subject_slug>/ratings.json", views.ratings_json, name="ratings_json"),
    path("subjects/<str:subject_slug>/photos/", views.photos, name="photos"),
    path("reviews/<uuid:review_id>/", views.review, name="review"),
    path("reviews/<uuid:review_id>/photos/<int:position>/", views.photo, name="photo"),
    path("reviews/<uuid:review_id>/history/", views.history, name="history"),
    path("reviews/<uuid:review_id>/helpful/", views.helpful, name="helpful"),
    path("reviews/<uuid:review_id>/removal/", views.remove, name="remove"),
    path("reviews/<uuid:review_id>/restoration/", views.restore, name="restore"),
    path("reviews/<uuid:review_id>/reply/", views.reply, name="reply"),
]
