"""Pages of orders."""

from django.urls import path

from commerce.orders import receipt_views, views

app_name = "commerce_orders"
urlpatterns = [
    path("orders/", views.purchases, name="purchases"),
    path("orders/<str:number>/", views.order, name="order"),
    path("orders/<str:number>/confirm/", views.confirm, name="confirm"),
    path("orders/<str:number>/arrived/", views.arrived, name="arrived"),
    path("orders/<str:number>/cancel/", views.cancel, name="cancel"),
    path("purchases/<str:number>/", views.purchase, name="purchase"),
    path("purchases/<str:number>/receipt/", receipt_views.receipt, name="receipt"),
    path("purchases/<str:number>/receipt.pdf", receipt_views.receipt_pdf, name="receipt_pdf"),
]
