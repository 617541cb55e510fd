"""Pages of orders."""

app_name = "commerce_orders"
urlpatterns: list = []
