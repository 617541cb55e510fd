"""Products in and out of the desk as tables: the export, and the import with its preview.

What was sent waits in a folder of the data, under a name only this session knows, until it is confirmed or replaced.
"""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from commerce.catalog.forms import ImportForm
from commerce.catalog.importing import exporting
from commerce.catalog.importing.running import import_products, preview_products
from community.foundation.problems import Conflict, NotThere
from community.reviews.importing.reading import Unreadable

SESSION_KEY = "catalog_import"
FORMS = {
    "csv": ("text/csv; charset=utf-8", exporting.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exporting.as_xlsx),
}


class Tables:
    """The two views beside the list of products; `page` is its DeskPage, which decides who may."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def export(self, request: HttpRequest, form: str) -> HttpResponse:
        """All products of the vendor."""
        if not self.page.may_open(request) or form not in FORMS:
            raise NotThere
        kind, write = FORMS[form]
        vendor = self.page.vendor(request)
        response = HttpResponse(write(vendor, request.user), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="products.{form}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def take_in(self, request: HttpRequest) -> HttpResponse:
        """Send a table, see what would happen, then let it happen."""
        if not self.page.may_change(request):
            raise NotThere
        context: dict[str, Any] = {"form": ImportForm(), "title": _("Import products")}
        if request.method == "POST":
            try:
                context |= self._confirmed(request) if "confirm" in request.POST else self._looked_at(request)
            except (Unreadable, Conflict) as problem:
                messages.error(request, str(getattr(problem, "detail", problem)))
                return redirect("desk:commerce_catalog_product_import")
        site = self.page.admin_site.each_context(request)
        return TemplateResponse(request, "commerce/catalog/desk/import.html", {**site, **context})

    def _looked_at(self, request: HttpRequest) -> dict[str, Any]:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return {"form": form}
        path = _keep(request, form.cleaned_data["file"])
        return {"form": form, "preview": preview_products(file=path, vendor=self.page.vendor(request))}

    def _confirmed(self, request: HttpRequest) -> dict[str, Any]:
        path = _kept(request)
        if path is None:
            raise Unreadable(_("The table is no longer here. Send it once more."))
        try:
            return {"done": import_products(file=path, vendor=self.page.vendor(request), by=request.user)}
        finally:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(request: HttpRequest, file: UploadedFile) -> Path:
    former = _kept(request)
    if former is not None:
        former.unlink(missing_ok=True)
    name = secrets.token_hex(16)
    path = _folder() / f"{name}.products"
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    request.session[SESSION_KEY] = name
    return path


def _kept(request: HttpRequest) -> Path | None:
    name = request.session.get(SESSION_KEY, "")
    path = _folder() / f"{name}.products"
    return path if name and path.is_file() else None
