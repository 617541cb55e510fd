"""Pages of cart."""

app_name = "commerce_cart"
urlpatterns: list = []
