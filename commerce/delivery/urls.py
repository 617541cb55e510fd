"""Pages of delivery."""

app_name = "commerce_delivery"
urlpatterns: list = []
