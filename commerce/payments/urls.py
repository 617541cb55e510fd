"""Pages of payments."""

from django.urls import path

from commerce.payments import views

app_name = "commerce_payments"
urlpatterns = [
    path("payments/return/<uuid:attempt_id>/", views.back, name="return"),
    path("payments/sandbox/card/", views.sandbox_card, name="sandbox_card"),
    path("payments/sandbox/<uuid:attempt_id>/", views.sandbox, name="sandbox"),
    path("payments/<slug:provider>/events/", views.events, name="events"),
    path("payments/<slug:provider>/kept/", views.card_back, name="card_back"),
    path("settings/payment/", views.kept, name="kept"),
    path("settings/payment/add/", views.keep, name="keep"),
    path("settings/payment/<uuid:kept_id>/forget/", views.forget, name="forget"),
]
