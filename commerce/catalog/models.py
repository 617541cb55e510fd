"""Products: a vendor's offer of a subject, in variants. What a subject is stays in the community."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.vendors.models import Vendor, VendorState
from community.foundation import clock
from community.foundation.ids import uuid7
from community.subjects.models import BilingualName, Category, Subject, slug_letters


class AttributeKind(models.TextChoices):
    CHOICE = "choice", _("One of a list")
    NUMBER = "number", _("A number")
    YES_NO = "yes_no", _("Yes or no")


class Attribute(BilingualName):
    """A property that products of a category (and below) have and lists filter by: colour, weight, washable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.ForeignKey(Category, models.CASCADE, related_name="attributes", verbose_name=_("category"))
    slug = models.SlugField(_("address"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=AttributeKind)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ("position", "slug")
        constraints = [models.UniqueConstraint(fields=["category", "slug"], name="catalog_attribute_once_a_category")]


class ProductKind(models.TextChoices):
    GOODS = "goods", _("Goods")
    MADE_TO_ORDER = "made_to_order", _("Made to order")
    DIGITAL = "digital", _("Digital")


class ProductState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LISTED = "listed", _("On sale")
    PAUSED = "paused", _("Paused")
    REMOVED = "removed", _("Removed")


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> "ProductQuerySet":
        """Listed by an open vendor, of a subject that stands."""
        return self.filter(
            state=ProductState.LISTED,
            vendor__state=VendorState.APPROVED,
            subject__hidden_at=None,
            subject__merged_into=None,
        )

    def visible_to(self, member: Any) -> "ProductQuerySet":
        """Those on sale; one's own vendor's whatever their state, until removed; operators see all."""
        if getattr(member, "is_operator", False):
            return self
        if not getattr(member, "is_authenticated", False):
            return self.on_sale()
        own = Vendor.objects.staffed_by(member).values("pk")
        return self.filter(
            Q(pk__in=self.model.objects.on_sale().values("pk")) | (Q(vendor__in=own) & ~Q(state=ProductState.REMOVED))
        )


class Product(models.Model):
    """`price` is the lowest of its active variants, `available` whether any can be bought: both kept by acts, for lists.

    Amounts are smallest units of the site's currency, taxes included (`tax_rate` in basis points).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="products", verbose_name=_("vendor"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="products", verbose_name=_("subject"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("category"))
    slug = models.CharField(_("address"), max_length=100, unique=True, validators=[slug_letters])
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    source = models.TextField(_("description"), max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=13, choices=ProductKind, default=ProductKind.GOODS)
    state = models.CharField(_("state"), max_length=8, choices=ProductState, default=ProductState.DRAFT)
    options = models.JSONField(_("options"), default=list, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    tax_rate = models.PositiveSmallIntegerField(_("tax, in basis points"), default=1000)
    warranty_months = models.PositiveSmallIntegerField(_("months of warranty"), default=0)
    return_days = models.PositiveSmallIntegerField(_("days in which it can be returned"), default=7)
    price = models.BigIntegerField(_("lowest price"), null=True, editable=False)
    available = models.BooleanField(_("available"), default=False, editable=False)
    sold_count = models.PositiveIntegerField(_("times sold"), default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    listed_at = models.DateTimeField(_("on sale since"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="catalog_product_title_not_empty"),
            models.CheckConstraint(condition=Q(tax_rate__lte=10_000), name="catalog_product_tax_at_most_the_whole"),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="catalog_product_price_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(state="listed") | Q(price__isnull=False, listed_at__isnull=False),
                name="catalog_listed_has_price_and_day",
            ),
        ]
        indexes = [
            models.Index(fields=["price", "id"], condition=Q(state="listed"), name="catalog_by_price"),
            models.Index(fields=["sold_count", "id"], condition=Q(state="listed"), name="catalog_by_sales"),
            models.Index(fields=["listed_at", "id"], condition=Q(state="listed"), name="catalog_by_age"),
            models.Index(fields=["category", "price", "id"], condition=Q(state="listed"), name="catalog_by_category"),
            models.Index(fields=["vendor", "id"], name="catalog_by_vendor"),
            models.Index(fields=["subject", "price"], name="catalog_by_subject"),
            GinIndex(fields=["search"], name="catalog_search"),
            GinIndex(fields=["attributes"], opclasses=["jsonb_path_ops"], name="catalog_attributes"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commerce_catalog:product", args=[self.slug])


class VariantQuerySet(models.QuerySet["Variant"]):
    def visible_to(self, member: Any) -> "VariantQuerySet":
        """Active ones of the products that `member` may see, and all of one's own vendor's."""
        rows = self.filter(product__in=Product.objects.visible_to(member))
        if getattr(member, "is_operator", False):
            return rows
        return rows.filter(Q(active=True) | Q(product__vendor__in=Vendor.objects.staffed_by(member)))


class Variant(models.Model):
    """What is bought: a product with one value of each of its options, at a price."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="variants", verbose_name=_("product"))
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="+", editable=False)
    sku = models.CharField(_("SKU"), max_length=64)
    options = models.JSONField(_("options"), default=dict, blank=True)
    price = models.BigIntegerField(_("price"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("on sale"), default=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["vendor", "sku"], name="catalog_sku_once_a_vendor"),
            models.UniqueConstraint(
                fields=["product", "options"], condition=Q(active=True), name="catalog_options_once_a_product"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="catalog_variant_price_not_negative"),
            models.CheckConstraint(condition=~Q(sku=""), name="catalog_variant_sku_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} · {self.sku}"

    @property
    @admin.display(description=_("options"))
    def label(self) -> str:
        """The values of its options in words: "Large · Blue"; empty where there are none."""
        return " · ".join(str(value) for value in self.options.values())


class Picture(models.Model):
    """A picture of a product, or of one of its variants, in the vendor's order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures", verbose_name=_("product"))
    variant = models.ForeignKey(
        Variant, models.CASCADE, null=True, blank=True, related_name="pictures", verbose_name=_("variant")
    )
    upload = models.ForeignKey("community_uploads.Upload", models.CASCADE, related_name="+", verbose_name=_("picture"))
    alt = models.CharField(_("what it shows, for those who cannot see it"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["product", "upload"], name="catalog_picture_once_a_product")]

    def __str__(self) -> str:
        return self.alt or str(self.upload_id)


class PricePoint(models.Model):
    """What a variant cost from a moment on. Only appended to: the price history that members see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="price_points", verbose_name=_("variant"))
    price = models.BigIntegerField(_("price"))
    since = models.DateTimeField(_("since"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("price in time")
        verbose_name_plural = _("prices in time")
        indexes = [models.Index(fields=["variant", "since"], name="catalog_prices_of_variant")]

    def __str__(self) -> str:
        return f"{self.price} · {self.since:%Y-%m-%d}"


class DigitalFile(models.Model):
    """What buyers of a digital product may download, served by a view that asks for the order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="files", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=120)
    path = models.CharField(max_length=120, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("file for buyers")
        verbose_name_plural = _("files for buyers")

    def __str__(self) -> str:
        return self.name
