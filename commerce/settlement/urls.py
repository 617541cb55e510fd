"""Pages of settlement."""

app_name = "commerce_settlement"
urlpatterns: list = []
