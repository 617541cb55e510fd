"""REST resources of commissions."""

urlpatterns: list = []
