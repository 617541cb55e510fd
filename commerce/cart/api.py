"""REST resources of cart."""

urlpatterns: list = []
