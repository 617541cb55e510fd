"""Pages of changes."""

app_name = "commerce_changes"
urlpatterns: list = []
