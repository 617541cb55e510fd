"""Each operation on complaints, called once for real."""

from community.complaints.responding import respond
from tests.factories.complaints import a_complaint
from tests.factories.members import an_operator
from tests.rest.calls import Call, call


@call("topics_status")
def _():
    return Call(
        by=an_operator(), kwargs={"topic_id": a_complaint().pk}, body={"status": "answered", "answer": "It is mended."}
    )


@call("complaints_outcome")
def _():
    complaint = a_complaint()
    respond(by=an_operator(), topic_id=complaint.pk, status="answered", answer="It is mended.")
    return Call(by=complaint.topic.author, kwargs={"topic_id": complaint.pk}, body={"confirmed": True})
