"""The settings sections "about you" and "consents", and the question of the week."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation.access import signed_in
from community.foundation.problems import NotThere, shown_on
from community.members.requests import MemberRequest
from community.members.settings_views import settings_page
from community.profiles import answering, consenting, fields
from community.profiles.forms import AnswerForm, ConsentForm
from community.profiles.models import Answer


@require_safe
@signed_in
def about(request: MemberRequest) -> HttpResponse:
    """Every field with its purpose; each answered, changed and taken back by itself."""
    return _about(request)


def _about(request: MemberRequest, wrong: AnswerForm | None = None) -> HttpResponse:
    rows = {row.field: row for row in Answer.objects.filter(member=request.user)}
    items: list[dict[str, Any]] = []
    for field in fields.FIELDS:
        row = rows.get(field.name)
        given = row is not None and row.value is not None
        form = wrong if wrong and wrong.field is field else AnswerForm(field=field, row=row, auto_id=f"{field.name}_%s")
        items.append(
            {
                "field": field,
                "row": row if given else None,
                "shown": field.shown(row.value) if row and given else "",
                "form": form,
                "open": bool(form.errors) or request.GET.get("ask") == field.name,
            }
        )
    return settings_page(request, "community/profiles/about/page.html", "about", {"items": items})


@require_POST
@signed_in
def answer(request: MemberRequest, field_name: str) -> HttpResponse:
    field = fields.BY_NAME.get(field_name)
    if field is None:
        raise NotThere
    if request.POST.get("take_back"):
        answering.take_back(by=request.user, field=field.name)
        messages.success(request, _("That is forgotten."))
        return redirect("community_profiles:about")
    form = AnswerForm(request.POST, field=field, auto_id=f"{field.name}_%s")
    if form.is_valid():
        with shown_on(form):
            answering.answer(
                by=request.user, field=field.name, value=form.value(), visibility=form.cleaned_data["visibility"]
            )
            messages.success(request, _("Thank you. You can change or take it back at any time."))
            return redirect("community_profiles:about")
    return _about(request, form)


@require_POST
@signed_in
def decline(request: MemberRequest, field_name: str) -> HttpResponse:
    if field_name not in fields.BY_NAME:
        raise NotThere
    answering.decline(by=request.user, field=field_name)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "community_profiles:about")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def consents(request: MemberRequest) -> HttpResponse:
    decisions = consenting.state_of(request.user)
    form = ConsentForm(request.POST if request.method == "POST" else None, decisions=decisions)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            consenting.decide(by=request.user, decisions=form.cleaned_data)
            messages.success(request, _("Your decision is kept, with today's date."))
            return redirect("community_profiles:consents")
    context = {"form": form, "decisions": decisions}
    return settings_page(request, "community/profiles/consents/page.html", "consents", context)
