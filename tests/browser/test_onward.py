"""Forms that lead to another site arrive there, though the policy of a page lets its forms go nowhere else."""

import re
from typing import Any

import pytest
from oauth2_provider.models import Application

from tests.factories.members import a_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_application_that_was_let_in_gets_its_code(open_page, live_server: Any) -> None:
    elsewhere = live_server.url.replace("127.0.0.1", "localhost") + "/terms/"
    mina = a_member("mina", language="en")
    Application.objects.create(
        name="Tills", user=mina, client_id="tills", redirect_uris=elsewhere,
        client_type=Application.CLIENT_PUBLIC, authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    )  # fmt: skip
    asked = f"response_type=code&client_id=tills&redirect_uri={elsewhere}&scope=read&state=s"
    proof = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    page = open_page(f"/oauth/authorize/?{asked}&{proof}", language="en", member=mina)
    page.get_by_role("button", name="Let it in").click()
    page.wait_for_url(re.compile(r"//localhost:\d+/terms/\?code="))
