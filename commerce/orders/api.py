"""REST resources of orders."""

urlpatterns: list = []
