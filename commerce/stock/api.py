"""REST resources of stock."""

urlpatterns: list = []
