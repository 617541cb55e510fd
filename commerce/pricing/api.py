"""REST resources of pricing."""

urlpatterns: list = []
