"""What can go wrong with products."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused, TooLarge


class NotYourProduct(Refused):
    detail = _("Only owners and managers of the vendor may change its products.")


class VendorNotOpen(Conflict):
    code = "vendor_not_open"
    detail = _("This vendor is not open. Products can be put on sale once an operator has approved it.")


class AddressTaken(Conflict):
    code = "address_taken"
    detail = _("This address belongs to another product already. Choose another one.")


class SkuTaken(Conflict):
    code = "sku_taken"
    detail = _("You use this SKU for another variant already. Choose another one.")


class OptionsTaken(Conflict):
    code = "options_taken"
    detail = _("There is a variant with these options already. Change that one instead.")


class NothingToSell(Conflict):
    code = "nothing_to_sell"
    detail = _("A product needs at least one variant with a price before it goes on sale.")


class ProductRemoved(Conflict):
    code = "product_removed"
    detail = _("This product was removed. Make a new one instead.")


class UnknownOption(Invalid):
    code = "unknown_option"
    detail = _("A variant has exactly one of the listed values for each option of its product.")


class WrongOptions(Invalid):
    code = "invalid_options"
    detail = _("Options are up to three names, each with one to thirty different values.")


class WrongAttribute(Invalid):
    code = "invalid_attribute"
    detail = _("That value does not fit the attribute. Choose one of the list, or enter a number.")


class UnknownPicture(Invalid):
    code = "unknown_picture"
    detail = _("That picture is not there, or not yours. Upload it again.")


class TooManyPictures(Conflict):
    code = "too_many_pictures"
    detail = _("A product shows up to twenty pictures. Remove one first.")


class TooManyVariants(Conflict):
    code = "too_many_variants"
    detail = _("A product has up to two hundred variants. Split it into several products.")


class NotDigital(Conflict):
    code = "not_digital"
    detail = _("Only digital products have files for their buyers.")


class FileTooLarge(TooLarge):
    code = "file_too_large"
    detail = _("A file may have up to 30 MB. Split it, or make it smaller.")
