"""REST resources of settlement."""

urlpatterns: list = []
