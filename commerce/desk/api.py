"""REST resources of desk."""

urlpatterns: list = []
