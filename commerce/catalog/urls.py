"""Pages of catalog."""

app_name = "commerce_catalog"
urlpatterns: list = []
