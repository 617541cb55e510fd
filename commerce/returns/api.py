"""REST resources of returns."""

urlpatterns: list = []
