"""REST resources of watches."""

urlpatterns: list = []
