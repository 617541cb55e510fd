"""REST resources of ledger."""

urlpatterns: list = []
