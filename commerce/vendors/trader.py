"""What a trader must tell its customers by the Korean e-commerce act (전자상거래법, article 10), and how it is checked."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commerce.vendors.errors import BusinessNumberWrong

FIELDS = (
    "legal_name",
    "representative",
    "business_number",
    "mail_order_number",
    "address",
    "phone",
    "email",
)
"""In the order in which pages show them."""
EXPLAINED: dict[str, Any] = {
    "legal_name": _("The name on your business registration."),
    "representative": _("Who represents the business, as registered."),
    "business_number": _("Ten digits, such as 123-45-67891. The check digit is tested at once."),
    "mail_order_number": _("As your district office gave it. You may add it later; without it you may be asked."),
    "address": _("Where the business is registered, and where returns may be asked about."),
    "phone": _("Customers may call this number."),
    "email": _("Customers may write here. Use a shared address, not a private one."),
}
WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def business_number(text: str) -> str:
    """A business registration number (사업자등록번호) as 123-45-67891, once its check digit fits.

    The National Tax Service's rule: the first nine digits by WEIGHTS, plus the tens of the ninth product; the last digit
    fills the sum up to a multiple of ten. Raises BusinessNumberWrong.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"\d{10}", digits, re.ASCII):
        raise BusinessNumberWrong(field="business_number")
    numbers = [int(digit) for digit in digits]
    total = sum(number * weight for number, weight in zip(numbers, WEIGHTS, strict=False)) + numbers[8] * 5 // 10
    if (10 - total % 10) % 10 != numbers[9]:
        raise BusinessNumberWrong(field="business_number")
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def shown(vendor: Any) -> list[tuple[str | Promise, str]]:
    """(what it is, what the vendor told) for the page that the law asks for; what was not told is left out."""
    told = [(vendor._meta.get_field(name).verbose_name, getattr(vendor, name)) for name in FIELDS]
    return [(label, value) for label, value in told if value]
