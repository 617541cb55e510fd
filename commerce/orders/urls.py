"""Pages of orders."""

from django.urls import path

from commerce.orders import receipt_views, views

app_name = "commerce_orders"
urlpatterns = [
    path("orders/", views.purchases, name="purchases"),
    path("orders/<str:order_number>/", views.order, name="order"),
    path("orders/<str:order_number>/confirm/", views.confirm, name="confirm"),
    path("orders/<str:order_number>/arrived/", views.arrived, name="arrived"),
    path("orders/<str:order_number>/cancel/", views.cancel, name="cancel"),
    path("orders/<str:order_number>/reorder/", views.reorder, name="reorder"),
    path("orders/<str:order_number>/proof/approve/", views.approve_proof, name="approve_proof"),
    path("orders/<str:order_number>/proof/changes/", views.ask_for_changes, name="ask_for_changes"),
    path("purchases/<str:purchase_number>/", views.purchase, name="purchase"),
    path("purchases/<str:purchase_number>/receipt/", receipt_views.receipt, name="receipt"),
    path("purchases/<str:purchase_number>/receipt.pdf", receipt_views.receipt_pdf, name="receipt_pdf"),
]
