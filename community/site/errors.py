from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid


class NoName(Invalid):
    code = "site_without_name"
    detail = _("Give the site a name of 1 to 60 characters.")


class UnknownLanguage(Invalid):
    code = "unknown_language"
    detail = _("Madang speaks Korean (ko) and English (en): choose one of them.")


class UnknownTimeZone(Invalid):
    code = "unknown_time_zone"
    detail = _("There is no such time zone: write it like Asia/Seoul.")


class NotALogo(Invalid):
    code = "not_a_logo"
    detail = _("The logo must be a PNG, JPEG or WebP picture of at most 5 MB and 20 megapixels.")


class NotAnAddress(Invalid):
    code = "not_an_address"
    detail = _("That is not an e-mail address: write it like name@example.com.")
