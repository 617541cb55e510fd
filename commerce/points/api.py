"""REST resources of points."""

urlpatterns: list = []
