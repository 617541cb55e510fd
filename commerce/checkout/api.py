"""REST resources of checkout."""

urlpatterns: list = []
