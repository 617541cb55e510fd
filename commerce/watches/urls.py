"""Pages of watches."""

app_name = "commerce_watches"
urlpatterns: list = []
