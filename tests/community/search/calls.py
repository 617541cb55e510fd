"""The operations of search, each called for real."""

from django.contrib.auth.models import AnonymousUser

from community.touchpoints.recording import record_search
from tests.factories.boards import a_topic
from tests.factories.members import a_member
from tests.rest.calls import Call, call


@call("search_list")
def _():
    a_topic(title="Well in the courtyard")
    return Call(query={"q": "courtyard", "kind": "topic,post"})


@call("search_suggestions")
def _():
    a_topic(title="Well in the courtyard")
    return Call(query={"q": "cour"})


@call("search_clicks_create")
def _():
    topic, member = a_topic(), a_member()
    search = record_search(by=AnonymousUser(), words="well", results=1)
    return Call(
        by=member, body={"search": str(search.pk), "kind": "topic", "id": str(topic.pk), "place": 1}, status=201
    )
