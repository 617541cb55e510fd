"""Pages of payments."""

app_name = "commerce_payments"
urlpatterns: list = []
