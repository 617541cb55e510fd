"""Pages of checkout."""

app_name = "commerce_checkout"
urlpatterns: list = []
