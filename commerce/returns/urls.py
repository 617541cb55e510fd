"""Pages of returns."""

from django.urls import path

from commerce.returns import views

app_name = "commerce_returns"
urlpatterns = [
    path("orders/<str:number>/return/", views.ask, name="ask"),
    path("returns/<str:number>/", views.one, name="return"),
    path("returns/<str:number>/sent/", views.sent, name="sent"),
    path("returns/<str:number>/withdrawal/", views.withdraw, name="withdraw"),
]
