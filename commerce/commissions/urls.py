"""Pages of commissions."""

app_name = "commerce_commissions"
urlpatterns: list = []
