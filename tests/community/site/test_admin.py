"""Operators change the site's own row in the admin; the act's rules hold there too."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.site.models import Site
from community.site.setting_up import change_site
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/community_site/site/1/change/"


def form(**changed: object) -> dict[str, object]:
    told = {"name": "Court", "who_runs_it": "Kim", "contact_email": "", "default_language": "en"}
    return {**told, "time_zone": "Asia/Seoul", **changed}


@pytest.fixture
def operator(client):
    client.force_login(an_operator())
    return client


def test_an_operator_changes_name_and_logo(operator) -> None:
    change_site(name="Before")
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "PNG")
    logo = SimpleUploadedFile("logo.png", out.getvalue(), "image/png")
    assert operator.get(ADDRESS).status_code == 200
    assert operator.post(ADDRESS, form(name="After", new_logo=logo)).status_code == 302
    row = Site.objects.get()
    assert (row.name, row.who_runs_it, row.default_language) == ("After", "Kim", "en")
    assert Image.open(io.BytesIO(bytes(row.logo))).size == (40, 20)
    assert operator.post(ADDRESS, form(no_logo="on")).status_code == 302
    assert Site.objects.get().logo is None


@pytest.mark.parametrize(
    "wrong",
    [{"time_zone": "Moon"}, {"name": "a\u200bb\u0000"}, {"new_logo": SimpleUploadedFile("x.png", b"no", "image/png")}],
)
def test_what_cannot_be_right_is_shown_on_the_form_and_changes_nothing(operator, wrong) -> None:
    change_site(name="Before")
    reply = operator.post(ADDRESS, form(**wrong))
    assert reply.status_code == 200
    assert reply.context["adminform"].form.errors
    assert Site.objects.get().name == "Before"


def test_there_is_one_row_for_ever(operator) -> None:
    assert operator.get("/admin/community_site/site/add/").status_code == 200
    change_site(name="Court")
    assert operator.get("/admin/community_site/site/add/").status_code == 403
    assert operator.post("/admin/community_site/site/1/delete/", {"post": "yes"}).status_code == 403
    assert Site.objects.exists()


def test_a_member_may_not(client) -> None:
    change_site(name="Court")
    client.force_login(a_member())
    assert client.post(ADDRESS, form(name="Mine")).status_code in {302, 403, 404}
    assert Site.objects.get().name == "Court"
