"""Pages of vendors."""

app_name = "commerce_vendors"
urlpatterns: list = []
