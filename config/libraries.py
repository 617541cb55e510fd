"""Settings of third-party libraries. What an installation may change is in config/settings.py."""

import logging
from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _
from tablib.formats import registry

# Lists are exported as CSV alone. django-import-export loads every format that it finds at its start, and openpyxl, which
# reads vendors' workbooks when there are any (commerce.catalog.importing.workbooks), weighs 18 MB in each process.
registry._formats.pop("xlsx", None)

LIBRARY_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "oauth2_provider",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "django_celery_beat",
    "csp",
]

FORMAT_MODULE_PATH = "config.formats"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.members.authentication.BearerAuthentication",
        "community.members.authentication.AppSessionAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "community.foundation.rest_schema.Schema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "community.foundation.rest.ProblemHandler",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": False,
}
SPECTACULAR_SETTINGS = {
    "DEFAULT_GENERATOR_CLASS": "community.foundation.rest_schema.Generator",
    "TITLE": "Madang",
    "DESCRIPTION": "The REST interface of Madang: a virtual community with integrated commerce.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "SubjectKindEnum": "community.subjects.models.SubjectKind",
        "ReactionKindEnum": "community.reactions.models.ReactionKind",
        "PollKindEnum": "community.polls.models.PollKind",
        "TopicState": "community.boards.models.topics.State",
        "PostState": "community.boards.models.posts.PostState",
        "ProductKindEnum": "commerce.catalog.models.ProductKind",
        "DeliveryKindEnum": "commerce.delivery.models.MethodKind",
        "CauseKindEnum": "commerce.changes.serializers.KIND_NAMES",
        "ProductStateEnum": "commerce.catalog.models.ProductState",
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums"],
}

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SIGNUP_FORM_CLASS = "community.members.consent.ConsentForm"
_FORMS = "community.members.account_forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "signup": f"{_FORMS}.SignUpForm",
    "reset_password": f"{_FORMS}.ResetForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "add_email": f"{_FORMS}.NewAddressForm",
    "reauthenticate": f"{_FORMS}.PasswordAgainForm",
}
# By address first: counted by account alone, a stranger could lock a member out.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,60/h/ip,200/h/key"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": f"{_FORMS}.SocialSignUpForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # a user name and the consent are asked for
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address at a provider opens no account that is here already
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ADAPTER = "community.members.adapter.SocialAccountAdapter"
HEADLESS_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "community.members.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeForm",
    "reauthenticate": f"{_FORMS}.CodeAgainForm",
    "activate_totp": f"{_FORMS}.FirstCodeForm",
    "add_webauthn": f"{_FORMS}.PasskeyForm",
    "edit_webauthn": f"{_FORMS}.PasskeyNameForm",
}
# Nobody is in without a verified address; without this, whoever has a second step could never change theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
USERSESSIONS_TRACK_ACTIVITY = False  # it would cost five statements a page, one of them a write

OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"  # noqa: S105
OAUTH2_PROVIDER = {
    "SCOPES": {
        "read": _("Read what you may read"),
        "write": _("Write in the community for you"),
        "orders": _("Cart, orders, points and bids for you"),
        "vendor": _("Act for your shop"),
        "operate": _("Operate the site"),
    },
    "DEFAULT_SCOPES": ["read"],
    "PKCE_REQUIRED": True,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600 * 10,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 3600 * 24 * 90,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # RFC 9700: tokens are kept by their checksum, and what it calls unsafe is off
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
}

UNFOLD = {
    "SITE_TITLE": "config.operators.site_title",
    "SITE_HEADER": "config.operators.site_title",
    "SITE_SUBHEADER": _("Operate the site"),
    "SITE_ICON": "config.operators.site_logo",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "config.operators.favicon"}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "10px",
    "STYLES": ["config.operators.typeface", "config.operators.style_sheet"],
    "DASHBOARD_CALLBACK": "config.operators.dashboard",
    "COLORS": {
        # paper, sunken, hairline and the inks of static/css/tokens.css, with steps between them
        "base": {
            "50": "#fbfaf7",
            "100": "#f3f1ea",
            "200": "#e4e0d6",
            "300": "#cfccc4",
            "400": "#9aa5ad",
            "500": "#646d74",
            "600": "#464e55",
            "700": "#383e44",
            "800": "#2c3136",
            "900": "#1d2024",
            "950": "#15171a",
        },
        "primary": {
            "50": "#f1f7f5",
            "100": "#dcebe6",
            "200": "#b9d8ce",
            "300": "#8fc0b1",
            "400": "#59b89b",
            "500": "#43a68a",
            "600": "#1f6b57",
            "700": "#185545",
            "800": "#134338",
            "900": "#0e332a",
            "950": "#071d18",
        },
    },
    "SIDEBAR": {"show_search": True, "show_all_applications": False, "navigation": "config.operators.navigation"},
}
UNFOLD_DESK = {
    **UNFOLD,
    "SITE_TITLE": "config.desk.site_title",
    "SITE_HEADER": "config.desk.site_title",
    "SITE_SUBHEADER": _("Your shop's desk"),
    "SITE_ICON": "config.desk.site_logo",
    "DASHBOARD_CALLBACK": None,
    "ACCOUNT": {"navigation": "config.desk.account_links"},
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": "config.desk.navigation"},
}

DJANGO_STRUCTLOG_CELERY_ENABLED = True

_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": _PROCESSORS,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": logging.INFO},
    "loggers": {
        "django_structlog": {"level": logging.INFO},
        "celery": {"level": logging.WARNING},
        "django.server": {"level": logging.WARNING},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        *_PROCESSORS[1:],
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
