"""Pages of ledger."""

app_name = "commerce_ledger"
urlpatterns: list = []
