"""REST resources of points."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.points.balances import balance_of
from commerce.points.serializers import PointsReply
from commerce.points.showing import movements_of
from community.foundation.rest import Endpoint, scope
from community.members.requests import MemberApiRequest


class Points(Endpoint):
    access = {"GET": scope("orders")}
    paged = True

    @extend_schema(operation_id="points_retrieve", responses=PointsReply)
    def get(self, request: MemberApiRequest) -> Response:
        """Your points: what can be spent, what is pending or owed back, what expires next; the entries, newest first."""
        held = balance_of(request.user)
        page = movements_of(request.user, cursor=self.cursor, size=self.page_size)
        shown = {"held": held, "expires_next": held if held.next_at else None, "entries": page.items}
        return self.reply(PointsReply, {**shown, "next": page.next, "previous": page.previous})


urlpatterns = [path("points/", Points.as_view())]
