"""REST resources of delivery."""

urlpatterns: list = []
