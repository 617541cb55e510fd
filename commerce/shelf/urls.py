"""Pages of shelf."""

app_name = "commerce_shelf"
urlpatterns: list = []
