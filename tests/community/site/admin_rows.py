"""The one row for the admin page of this app."""

from community.site.models import Site
from tests.admin.rows import rows


@rows("community_site.Site")
def _site() -> None:
    if not Site.objects.exists():
        Site.objects.create(name="Madang", default_language="ko", time_zone="Asia/Seoul")
