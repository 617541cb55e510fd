"""Pages of stock."""

app_name = "commerce_stock"
urlpatterns: list = []
