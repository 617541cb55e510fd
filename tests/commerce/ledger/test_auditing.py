"""The proof by night finds each kind of wrong figure, alarms, and mends nothing."""

import pytest
from django.db import connection

from commerce.ledger import auditing
from commerce.ledger.auditing import Finding, audit
from commerce.ledger.models import Account, Entry, Lot
from community.jobs.registry import run
from community.moderation.overview import concerns
from tests.factories.ledger import an_account, balance, put, take
from tests.factories.members import an_operator, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def _unguarded():
    """Past the triggers, as a broken disk or a careless hand would be."""
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


def test_a_ledger_that_adds_up_has_no_findings():
    account = an_account(holds=10)
    take(account, 3)
    put(account, 5)
    assert audit() == []


@pytest.mark.breaks_invariants
@pytest.mark.usefixtures("_unguarded")
def test_a_changed_entry_is_found_in_all_it_touches():
    account = an_account(holds=10)
    entry = Entry.objects.get(account=account)
    Entry.objects.filter(pk=entry.pk).update(amount=11)
    assert audit() == [
        Finding("ledger.zero_by_unit", "PNT", 0, 1),
        Finding("ledger.zero_by_transaction", f"{entry.transaction_id} PNT", 0, 1),
        Finding("ledger.balances", str(account.pk), 11, 10),
    ]


@pytest.mark.breaks_invariants
@pytest.mark.usefixtures("_unguarded")
def test_a_lot_that_its_uses_do_not_explain_is_found():
    account = an_account(holds=10)
    take(account, 4)
    Lot.objects.update(remaining=5)
    lot = Lot.objects.get()
    assert audit() == [
        Finding("ledger.lots_of_account", str(account.pk), 6, 5),
        Finding("ledger.uses_of_lot", str(lot.pk), 6, 5),
    ]


def test_the_job_alarms_in_log_run_and_first_page_and_mends_nothing(caplog):
    account = an_account(holds=10)
    Account.objects.filter(pk=account.pk).update(balance=12)
    result = run("ledger.audit")
    assert result == {
        "wrong": 2,
        "first": [
            f"ledger.balances: {account.pk} is 12, not 10",
            f"ledger.lots_of_account: {account.pk} is 10, not 12",
        ],
    }
    assert "ledger_wrong" in caplog.text
    assert balance(account) == 12
    concern = next(one for one in concerns() if "/community_jobs/run/" in one.url)
    assert (concern.count, concern.urgent) == (2, True)
    page = logged_in(an_operator()).get("/admin/").content.decode()
    assert concern.url in page
    Account.objects.filter(pk=account.pk).update(balance=10)
    run("ledger.audit")
    assert not any("/community_jobs/run/" in one.url for one in concerns())


@pytest.mark.breaks_invariants
def test_higher_apps_prove_their_own_and_names_are_not_shared(monkeypatch):
    monkeypatch.setattr(auditing, "_more", {})
    wrong = Finding("stock.held", "a row", 1, 2)
    auditing.register("stock.held", check := lambda: [wrong])
    auditing.register("stock.held", check)
    assert audit() == [wrong]
    with pytest.raises(ValueError, match=r"two checks are called 'stock\.held'"):
        auditing.register("stock.held", lambda: [])
