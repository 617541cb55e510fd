"""Pages of points."""

app_name = "commerce_points"
urlpatterns: list = []
