"""What the REST interface promises to clients: every operation of the community, with the fields of its body.

A client that was written against this page keeps working. The OpenAPI document may say more, never less
(tests/rest/test_contract.py). A field with "?" may be left out, one without may not. In a path, {…} stands for any name.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One operation: its fields in the body, and what may stand in the query string."""

    method: str
    path: str
    body: tuple[str, ...] = ()
    query: tuple[str, ...] = ()


def _promises(text: str) -> list[Promise]:
    found = []
    for line in text.strip().splitlines():
        words = line.split()
        query = tuple(words.pop()[1:].split("&")) if words[-1].startswith("?") else ()
        found.append(Promise(words[0].lower(), f"/api/v1/{words[1]}", tuple(words[2:]), query))
    return found


PROMISES = _promises("""
GET members/me/
PATCH members/me/ display_name? bio? language? time_zone?
GET members/me/knowledge/
PATCH members/me/knowledge/ answers?
DELETE members/me/knowledge/{}/
POST members/me/export/
GET members/me/export/{}/file/
POST members/me/erasure/
GET members/me/consents/
PUT members/me/consents/
GET members/{}/
PUT members/{}/follow/
DELETE members/{}/follow/
PUT members/{}/ignore/
DELETE members/{}/ignore/
GET boards/
GET boards/{}/topics/ ?order&tag&cursor&page_size
PUT boards/{}/follow/ level
POST topics/ board title body tags? subjects? poll? fields?
GET topics/{}/
PATCH topics/{}/ title? body? tags? subjects? fields?
DELETE topics/{}/
GET topics/{}/posts/ ?cursor&page_size
POST topics/{}/posts/ body reply_to?
PUT topics/{}/follow/ level
PUT topics/{}/read/ post_number
PUT topics/{}/answer/ post
PUT topics/{}/votes/
DELETE topics/{}/votes/
PUT topics/{}/poll/votes/ choices
PUT topics/{}/bookmark/
DELETE topics/{}/bookmark/
PUT topics/{}/status/ status answer?
PUT topics/{}/outcome/ confirmed
PATCH topics/{}/state/ pinned? locked? slow_seconds? board?
POST topics/{}/split/ posts title
POST topics/{}/merge/ into
POST topics/{}/restore/
GET posts/{}/
PATCH posts/{}/ body?
DELETE posts/{}/
PUT posts/{}/reactions/{}/
DELETE posts/{}/reactions/{}/
POST posts/{}/flags/ reason note?
GET posts/{}/revisions/
PUT posts/{}/bookmark/
DELETE posts/{}/bookmark/
GET tokens/
POST tokens/ name scopes
DELETE tokens/{}/
GET teams/
GET bookmarks/
GET tags/
GET drafts/
PUT drafts/ key sequence body
DELETE drafts/ ?key
POST uploads/ file alt?
GET subjects/ ?q&category&order&cursor&page_size
POST subjects/ name category?
GET subjects/{}/
GET subjects/{}/reviews/ ?verified&rating&order&cursor&page_size
POST subjects/{}/reviews/ rating body? aspects? photos?
PUT subjects/{}/rating/ score
DELETE subjects/{}/rating/
GET subjects/{}/related/
GET reviews/{}/
PATCH reviews/{}/ rating? body? aspects? photos?
DELETE reviews/{}/
PUT reviews/{}/helpful/ helpful
DELETE reviews/{}/helpful/
PUT reviews/{}/reply/ body
POST reviews/{}/flags/ reason note?
GET score-cards/
POST score-cards/ title subjects
POST score-cards/{}/scores/ scores
GET lists/
POST lists/ title subjects
PATCH lists/{}/ title? subjects?
DELETE lists/{}/
GET search/ ?q&kind&cursor&page_size
GET notifications/ ?cursor&page_size
POST notifications/read/ notifications?
GET notifications/settings/
PUT notifications/settings/ switches? quiet_from quiet_until rhythm
GET moderation/queue/
POST moderation/queue/{}/decision/ outcome reason
GET moderation/sanctions/
POST moderation/sanctions/ member kind reason ends_at?
GET moderation/log/
""")
STATUSES = {"get": "200", "post": "201", "put": "200", "patch": "200", "delete": "204"}
# POSTs that create nothing answer 200, jobs 202.
OTHER_STATUSES = {
    ("post", "/api/v1/members/me/export/"): "202",
    ("post", "/api/v1/members/me/erasure/"): "202",
    ("post", "/api/v1/topics/{}/merge/"): "200",
    ("post", "/api/v1/topics/{}/restore/"): "200",
    ("post", "/api/v1/notifications/read/"): "200",
}
ORDERS = {
    "/api/v1/boards/{}/topics/": {"hot", "new", "top", "unread"},
    "/api/v1/subjects/": {"score", "new", "name"},
}
PAGE = {"next", "previous", "results"}
# A list that stands in a reply of its own, under the name that was promised.
LISTS_WITHIN = {("get", "/api/v1/points/"): "entries"}
