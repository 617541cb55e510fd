"""REST resources of vendors."""

urlpatterns: list = []
