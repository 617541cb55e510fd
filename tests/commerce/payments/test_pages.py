"""The buyer comes back; the sandbox asks; cards are kept and forgotten (items 2.28, 2.29)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commerce.orders.models import Purchase
from commerce.payments import conf, keeping
from commerce.payments.errors import ProviderUnreachable, TooManyKept
from commerce.payments.models import KeptMethod
from commerce.payments.sandbox import Sandbox
from community.site import setting_up
from tests.commerce.payments.benches import fresh
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.payments import a_kept_card, a_purchase_to_pay, aged, an_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_invariants]  # bare purchases: nothing is sold


@pytest.fixture(autouse=True)
def _page_of_the_purchase(monkeypatch):
    """Payments go on to it, whatever it is."""
    monkeypatch.setattr(Purchase, "get_absolute_url", lambda purchase: f"/purchases/{purchase.number}/")


def returned(attempt, by=None, **headers):
    client = logged_in(by or attempt.purchase.member)
    return client.get(reverse("commerce_payments:return", args=[attempt.pk]), **headers)


def test_while_it_waits_the_page_asks_again_by_itself():
    answer = returned(an_attempt(method="sandbox-3ds"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'hx-trigger="every 3s"' in page
    assert "/payments/sandbox/" in page
    assert answer["Cache-Control"].startswith("max-age=0")


def test_coming_back_asks_the_provider(told):
    attempt = aged(an_attempt(), seconds=25)
    answer = returned(attempt)
    assert (answer.status_code, answer["Location"]) == (302, attempt.purchase.get_absolute_url())
    assert told == [("captured", "captured")]


def test_the_waiting_fragment_goes_on_when_it_is_paid(told):
    attempt = an_attempt(method="sandbox")
    answer = returned(attempt, HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"] == attempt.purchase.get_absolute_url()
    waiting = returned(an_attempt(), HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in waiting
    assert "payment-state" in waiting


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_failure_is_said_in_words(language):
    member = a_member(language=language)
    page = returned(an_attempt(a_purchase_to_pay(member), "sandbox-declined")).content.decode()
    said = {"ko": "결제가 거절됐어요", "en": "The payment was declined"}[language]
    assert said in page
    assert "every 3s" not in page


def test_without_an_answer_the_page_says_that_nothing_is_lost(monkeypatch):
    def nobody(self, attempt):
        raise ProviderUnreachable

    monkeypatch.setattr(Sandbox, "fetch", nobody)
    answer = returned(an_attempt(a_purchase_to_pay(a_member(language="en"))))
    assert answer.status_code == 200
    assert "nothing gets lost" in answer.content.decode()


def test_only_the_buyer_comes_back():
    attempt = an_attempt(method="sandbox-3ds")
    for stranger in (a_member(), an_operator()):
        assert returned(attempt, stranger).status_code == 404
        address = reverse("commerce_payments:sandbox", args=[attempt.pk])
        assert logged_in(stranger).get(address).status_code == 404
        assert logged_in(stranger).post(address, {"answer": "yes"}).status_code == 404
    assert logged_in(None).get(reverse("commerce_payments:return", args=[attempt.pk])).status_code == 302
    assert fresh(attempt).state == "pending"


@pytest.mark.parametrize(("answer", "state"), [("yes", "captured"), ("no", "failed")])
def test_the_sandbox_asks_once(answer, state, told):
    attempt = an_attempt(method="sandbox-3ds")
    client, address = logged_in(attempt.purchase.member), reverse("commerce_payments:sandbox", args=[attempt.pk])
    assert attempt.purchase.number in client.get(address).content.decode()
    assert client.post(address, {"answer": answer})["Location"] == reverse(
        "commerce_payments:return", args=[attempt.pk]
    )
    assert client.post(address, {"answer": "yes"}).status_code == 302
    assert fresh(attempt).state == state
    assert len(told) == 1


def test_the_sandboxs_page_takes_a_yes_or_a_no_and_nothing_else():
    attempt = an_attempt(method="sandbox-3ds")
    client = logged_in(attempt.purchase.member)
    client.post(reverse("commerce_payments:sandbox", args=[attempt.pk]), {"answer": "perhaps"})
    assert fresh(attempt).state == "pending"


def test_what_the_sandbox_does_not_ask_about_nobody_consents_to():
    attempt = an_attempt(method="sandbox-slow")
    address = reverse("commerce_payments:sandbox", args=[attempt.pk])
    assert logged_in(attempt.purchase.member).post(address, {"answer": "yes"}).status_code == 404
    assert fresh(attempt).state == "pending"


def test_a_card_is_kept_shown_and_forgotten():
    member = a_member()
    client = logged_in(member)
    answer = client.post(reverse("commerce_payments:keep"), {"provider": "sandbox"})
    assert answer["Location"].endswith(reverse("commerce_payments:sandbox_card"))
    client.post(reverse("commerce_payments:sandbox_card"), {"card": "4242"}, follow=True)
    [card] = KeptMethod.objects.filter(member=member)
    page = client.get(reverse("commerce_payments:kept")).content.decode()
    assert "4242" in page
    assert card.token not in page
    client.post(reverse("commerce_payments:forget", args=[card.pk]))
    assert "4242" not in client.get(reverse("commerce_payments:kept")).content.decode()
    assert keeping.tell_providers() == {"forgotten": 1, "unreached": 0}
    assert not KeptMethod.objects.exists()


def test_a_made_up_card_is_none():
    client = logged_in(a_member())
    client.get(reverse("commerce_payments:card_back", args=["sandbox"]) + "?reference=9999")
    assert not KeptMethod.objects.exists()


@pytest.mark.parametrize("provider", ["", "stripe", "nobody"])
def test_who_keeps_no_cards_is_refused(provider):
    assert logged_in(a_member()).post(reverse("commerce_payments:keep"), {"provider": provider}).status_code == 400


def test_anothers_card_is_not_forgotten():
    card = a_kept_card(a_member())
    assert logged_in(a_member()).post(reverse("commerce_payments:forget", args=[card.pk])).status_code == 404
    card.refresh_from_db()
    assert card.member is not None


def test_a_card_that_the_provider_was_not_told_of_is_told_again(monkeypatch):
    card = a_kept_card(a_member())
    keeping.forget(by=card.member, kept_id=card.pk)
    with monkeypatch.context() as down:
        down.setattr(Sandbox, "forget", lambda self, kept: (_ for _ in ()).throw(ProviderUnreachable()))
        assert keeping.tell_providers() == {"forgotten": 0, "unreached": 1}
    assert keeping.tell_providers() == {"forgotten": 1, "unreached": 0}


def test_when_a_member_leaves_the_cards_are_nobodys_at_once():
    card = a_kept_card(a_member())
    keeping.forget_all(member=card.member)
    card.refresh_from_db()
    assert (card.member, card.brand, card.last4) == (None, "", "")


def test_nobody_keeps_cards_without_end():
    member = a_member()
    for _card in range(conf.MOST_KEPT):
        a_kept_card(member)
    with pytest.raises(TooManyKept):
        keeping.begin_keeping(by=member, provider="sandbox")


def test_the_list_costs_the_same_with_one_card_and_with_ten():
    counts = []
    for number in (1, 10):
        member = a_member()
        for _card in range(number):
            a_kept_card(member)
        client = logged_in(member)
        client.get(reverse("commerce_payments:kept"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("commerce_payments:kept"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_site_that_was_set_up_offers_no_sandbox_unless_told_to(settings):
    setting_up.change_site(name="A real site")
    member = a_member()
    client = logged_in(member)
    assert client.get(reverse("commerce_payments:sandbox_card")).status_code == 404
    assert "sandbox" not in client.get(reverse("commerce_payments:kept")).content.decode()
    settings.PAYMENT_PROVIDERS = ["sandbox"]
    assert client.get(reverse("commerce_payments:sandbox_card")).status_code == 200
