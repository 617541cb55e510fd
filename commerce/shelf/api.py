"""REST resources of shelf."""

urlpatterns: list = []
