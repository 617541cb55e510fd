"""Before something is made to order: the vendor shows how it will be, the buyer approves it or says what to change."""

import uuid
from typing import Any

from django.db import transaction

from commerce.catalog.errors import UnknownPicture
from commerce.orders.errors import NothingToShow, ReasonNeeded
from commerce.orders.fetching import order_for_buyer, order_for_staff
from commerce.orders.models import Axis, Order, Proof
from commerce.orders.preparing import accept
from commerce.orders.stepping import step
from community.foundation import clock
from community.uploads import binding
from community.uploads.models import Upload


@transaction.atomic
def send_proof(*, by: Any, order_id: uuid.UUID, text: str = "", picture: uuid.UUID | None = None) -> Proof:
    """Show it to the buyer, in place of a proof that still waits; `picture` is an upload of `by`.

    Raises NotThere, NotYourOrder, NothingToShow, UnknownPicture, IllegalStep.
    """
    text = text.strip()
    if not text and picture is None:
        raise NothingToShow(field="text")
    order = order_for_staff(by=by, order_id=order_id)
    upload = Upload.objects.pictures().filter(pk=picture, owner=by).first() if picture else None
    if picture and upload is None:
        raise UnknownPicture(field="picture")
    accept(order, by=by)
    step(order, Axis.FULFILMENT, "proof_sent", by=by)
    _decide(order, approved=False)
    if upload is not None:
        binding.bind(by=by, ids=[upload.pk], target=order)
    return Proof.objects.create(order=order, text=text, picture=upload)


@transaction.atomic
def approve_proof(*, by: Any, order_id: uuid.UUID) -> Order:
    """It may be made like this. Raises NotThere, NotYourOrder, IllegalStep."""
    order = order_for_buyer(by=by, order_id=order_id)
    step(order, Axis.FULFILMENT, "proof_approved", by=by)
    _decide(order, approved=True)
    return order


@transaction.atomic
def ask_for_changes(*, by: Any, order_id: uuid.UUID, answer: str) -> Order:
    """Not like this: the vendor reads what to change. Raises NotThere, NotYourOrder, ReasonNeeded, IllegalStep."""
    answer = answer.strip()
    if not answer:
        raise ReasonNeeded(field="answer")
    order = order_for_buyer(by=by, order_id=order_id)
    step(order, Axis.FULFILMENT, "proof_declined", by=by, reason=answer)
    _decide(order, approved=False, answer=answer)
    return order


def _decide(order: Order, *, approved: bool, answer: str = "") -> None:
    order.proofs.filter(decided_at=None).update(decided_at=clock.now(), approved=approved, answer=answer)
