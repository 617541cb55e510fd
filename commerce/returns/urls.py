"""Pages of returns."""

app_name = "commerce_returns"
urlpatterns: list = []
