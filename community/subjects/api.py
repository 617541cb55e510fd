"""Subjects and their categories over REST."""

from django.db import transaction
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.rest import PUBLIC, Endpoint, page_of, scope
from community.subjects import finding
from community.subjects.categories import root_of_kind
from community.subjects.creating import create_subject
from community.subjects.editing import edit_subject
from community.subjects.models import Category
from community.subjects.sampling import play_sound, show_picture
from community.subjects.serializers import (
    CategoryReply,
    SubjectBody,
    SubjectChanges,
    SubjectDetailReply,
    SubjectFilters,
    SubjectReply,
)


class SubjectList(Endpoint):
    access = {"GET": PUBLIC, "POST": scope("write")}
    filters = SubjectFilters
    paged = True

    @extend_schema(operation_id="subjects_list", parameters=[SubjectFilters], responses=page_of(SubjectReply))
    def get(self, request: Request) -> Response:
        """What the community talks about; `q` finds by name, best known first."""
        asked = {"words" if name == "q" else name: value for name, value in self.query.items()}
        rows, order = finding.list_subjects(viewer=self.viewer, **asked)
        return self.page(rows, order=order, reply=SubjectReply)

    @extend_schema(operation_id="subjects_create", request=SubjectBody, responses={201: SubjectDetailReply})
    def post(self, request: Request) -> Response:
        """Enter a subject."""
        body = self.body(SubjectBody)
        body.setdefault("category", root_of_kind(body["kind"]))
        return self.reply(SubjectDetailReply, create_subject(by=request.user, **body), code=201)


class SubjectOne(Endpoint):
    access = {"GET": PUBLIC, "PATCH": scope("write")}

    @extend_schema(operation_id="subjects_read", responses=SubjectDetailReply)
    def get(self, request: Request, subject_slug: str) -> Response:
        """One subject with its score, the formula and its inputs. A former address answers with the present one."""
        return self.reply(SubjectDetailReply, finding.find_subject(subject_slug, self.viewer))

    @extend_schema(operation_id="subjects_change", request=SubjectChanges, responses=SubjectDetailReply)
    def patch(self, request: Request, subject_slug: str) -> Response:
        """Correct what is told of it: its creator, its stewards and moderators may."""
        changed = finding.find_subject(subject_slug, request.user)
        changes = self.body(SubjectChanges)
        samples = {name: changes.pop(name) for name in ("picture", "sample_sound") if name in changes}
        with transaction.atomic():
            if changes or not samples:
                changed = edit_subject(by=request.user, subject=changed, **changes)
            if "picture" in samples:
                changed = show_picture(by=request.user, subject=changed, upload_id=samples["picture"])
            if "sample_sound" in samples:
                changed = play_sound(by=request.user, subject=changed, upload_id=samples["sample_sound"])
        return self.reply(SubjectDetailReply, changed)


class CategoryList(Endpoint):
    access = {"GET": PUBLIC}
    paged = True

    @extend_schema(operation_id="categories_list", responses=page_of(CategoryReply))
    def get(self, request: Request) -> Response:
        """The tree of categories, each after the one above it."""
        return self.page(Category.objects.select_related("parent"), order=("path",), reply=CategoryReply)


urlpatterns = [
    path("categories/", CategoryList.as_view()),
    path("subjects/", SubjectList.as_view()),
    path("subjects/<str:subject_slug>/", SubjectOne.as_view()),
]
