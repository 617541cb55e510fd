"""Pages of specifications."""

app_name = "commerce_specifications"
urlpatterns: list = []
