"""Pages of pricing."""

app_name = "commerce_pricing"
urlpatterns: list = []
