from django.urls import path

from commerce.catalog import views

app_name = "commerce_catalog"
urlpatterns = [
    path("shop/", views.shop, name="shop"),
    path("shop/compare/", views.compare, name="compare"),
    path("shop/<str:product_slug>/", views.product, name="product"),
    path("shop/<str:product_slug>/files/<uuid:file_id>/", views.download, name="download"),
]
