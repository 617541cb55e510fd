"""REST resources of payments."""

urlpatterns: list = []
