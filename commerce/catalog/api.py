"""REST resources of catalog."""

urlpatterns: list = []
