"""REST resources of specifications."""

urlpatterns: list = []
