"""REST resources of changes."""

urlpatterns: list = []
