"""Pages of desk."""

app_name = "commerce_desk"
urlpatterns: list = []
