"""Every setting of Madang, from the environment, typed and loud (see config/env.py).

What an installation may set is listed in docs/guides/settings.md. Settings of third-party libraries that an
installation never changes are in config/libraries.py.
"""

import re
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from babel.numbers import list_currencies

from config import embedded, env
from config.libraries import *  # noqa: F403  (the libraries' own settings are module-level names)

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
DATA_DIR = env.folder("MADANG_DATA", BASE_DIR / ".madang" / ("tests" if TESTING else ""))

DATABASE_URL = env.url("DATABASE_URL", ("postgres", "postgresql"))
REDIS_URL = env.url("REDIS_URL", ("redis", "rediss", "unix"))
EMBEDDED = not (DATABASE_URL and REDIS_URL)
if EMBEDDED:
    try:
        _services = embedded.join_or_start(DATA_DIR, durable=not TESTING)
    except embedded.ServicesError as error:
        env.refuse(str(error))
    DATABASE_URL = DATABASE_URL or _services.database_url
    REDIS_URL = REDIS_URL or _services.redis_url
if TESTING:  # each test process has a Valkey database of its own; the site's is 0
    _worker = int(env.text("PYTEST_XDIST_WORKER", "gw14").removeprefix("gw"))
    REDIS_URL = f"{REDIS_URL.rpartition('/')[0]}/{1 + _worker % 15}"

DEBUG = env.flag("DEBUG")
SITE_URL = (
    env.url("SITE_URL", ("http", "https")) or f"http://localhost:{env.integer('PORT', 8000, least=1, most=65535)}"
)
HTTPS = SITE_URL.startswith("https://")
OAUTH2_PROVIDER["ALLOWED_REDIRECT_URI_SCHEMES"] = ["https"] if HTTPS else ["http", "https"]  # noqa: F405
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]", urlsplit(SITE_URL).hostname or ""))
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", (SITE_URL,))


def _secret_key() -> str:
    """The key from the environment; without one, a random key kept in the data folder, readable by its owner alone."""
    given = env.text("SECRET_KEY")
    if given:
        if len(given) < 50:
            env.refuse("SECRET_KEY is shorter than 50 characters: set a long random one, or unset it to have one made.")
        return given
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = _secret_key()


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "madang",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": env.integer("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**{name: unquote(value) for name, value in query.items()}},
    }


DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

COMMUNITY_APPS = [
    "foundation",
    "site",
    "jobs",
    "outbox",
    "idempotency",
    "members",
    "profiles",
    "uploads",
    "touchpoints",
    "subjects",
    "reviews",
    "scorecards",
    "boards",
    "drafts",
    "reactions",
    "ideas",
    "complaints",
    "polls",
    "reading",
    "notifications",
    "search",
    "moderation",
]
COMMERCE_APPS = [
    "ledger", "vendors", "points", "catalog", "commissions", "specifications", "stock",
    "delivery", "pricing", "cart", "orders", "payments", "checkout",
    "imports", "returns", "watches", "shelf", "changes",
]  # fmt: skip
RECOMMENDATIONS_APPS = ["home"]
WING_APPS = [
    *(f"community.{name}" for name in COMMUNITY_APPS),
    *(f"commerce.{name}" for name in COMMERCE_APPS),
    *(f"recommendations.{name}" for name in RECOMMENDATIONS_APPS),
]
INSTALLED_APPS = [
    "config",
    "community",
    "commerce",
    "recommendations",
    *WING_APPS,
    *LIBRARY_APPS,  # noqa: F405
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "community.foundation.csp.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "community.members.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "community.foundation.guest_cache.GuestPagesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.members.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.foundation.problems.ProblemMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.site.context.site",
                "config.request_id.request_id",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms: forms look like the kit

# People
AUTH_USER_MODEL = "community_members.Member"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SOCIALACCOUNT_PROVIDERS = {
    name: {
        "APPS": [
            {"client_id": env.text(f"{name.upper()}_CLIENT_ID"), "secret": env.text(f"{name.upper()}_CLIENT_SECRET")}
        ]
    }
    for name in ("google", "kakao", "naver")
    if env.text(f"{name.upper()}_CLIENT_ID")
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Words and time
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LANGUAGE_CODE = env.text("LANGUAGE_DEFAULT", "ko")
if LANGUAGE_CODE not in dict(LANGUAGES):
    env.refuse(f"LANGUAGE_DEFAULT={LANGUAGE_CODE!r} is not a language of Madang: set it to ko or en.")
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Seoul")
LOCALE_PATHS = [
    BASE_DIR / "locale" / "project",
    *(BASE_DIR / "locale" / Path(*name.split(".")) for name in WING_APPS),
]

# Money: one currency a site
CURRENCY = env.text("CURRENCY", "KRW")
if not re.fullmatch("[A-Z]{3}", CURRENCY) or CURRENCY not in list_currencies():
    env.refuse(f"CURRENCY={CURRENCY!r} is no currency: set it to an ISO 4217 code such as KRW or USD.")

# Payments: without any setting the sandbox, until the site is set up (commerce/payments/providers.py)
PAYMENT_PROVIDERS = env.words("PAYMENT_PROVIDERS")
SANDBOX_URL = env.url("SANDBOX_URL", ("http", "https"))
SANDBOX_SECRET = env.text("SANDBOX_SECRET")
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = env.url("STRIPE_API_BASE", ("http", "https"))
for _name in PAYMENT_PROVIDERS:
    if _name not in ("sandbox", "stripe"):
        env.refuse(f"PAYMENT_PROVIDERS names {_name!r}, which Madang does not know: choose from sandbox and stripe.")
if "stripe" in PAYMENT_PROVIDERS and not STRIPE_SECRET_KEY:
    env.refuse("PAYMENT_PROVIDERS names stripe: set STRIPE_SECRET_KEY too, or leave stripe out.")
if SANDBOX_URL and len(SANDBOX_SECRET) < 16:
    env.refuse("SANDBOX_URL is set: set SANDBOX_SECRET to the secret of that server, at least 16 characters.")

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
S3_BUCKET = env.text("S3_BUCKET")
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage" if S3_BUCKET else "django.core.files.storage.FileSystemStorage"
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "config.statics.StaticFiles"
    },
}
AWS_STORAGE_BUCKET_NAME = S3_BUCKET
AWS_S3_ENDPOINT_URL = env.text("S3_ENDPOINT_URL") or None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Where a proxy finds the media folder, for X-Accel-Redirect; without it, files pass through the web process.
ACCEL_PREFIX = env.text("ACCEL_PREFIX")
FILE_UPLOAD_HANDLERS = [
    "community.uploads.bounds.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Cache and sessions: losing Valkey loses no fact (config/cache.py turns its errors into misses)
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "TIMEOUT": 300,
    }
}
GUEST_PAGES_NEARBY = 0 if TESTING else 64  # guests' pages that a process keeps itself (foundation.guest_cache)
FRAME_REMEMBERED_SECONDS = 0 if TESTING else 60  # numbers of a member that every page shows (foundation.fragments)
KEYS_CHECKED = TESTING  # make anew what is kept under a key, and compare (foundation.prepared, {% drawn %})
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "community.foundation.problems.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Safety
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS and env.flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]  # asked for from within, where no proxy speaks HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 1 if env.flag("BEHIND_PROXY") else 0)

# Mail: without a server, letters are kept and can be read in the admin (community/notifications)
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", default=bool(EMAIL_HOST_USER))
EMAIL_TIMEOUT = 10
# The name by which our own mail server signs Authentication-Results; without it, mail opens no complaint by itself.
MAIL_AUTHSERV_ID = env.text("MAIL_AUTHSERV_ID")
EMAIL_BACKEND = "community.notifications.mail.LetterBackend"
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Madang <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Jobs
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": "celery:",
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 10,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Telling
METRICS_TOKEN = env.text("METRICS_TOKEN")
SENTRY_DSN = env.text("SENTRY_DSN")
LIVE_URL = env.url("LIVE_URL", ("http", "https"))
if SENTRY_DSN:
    import sentry_sdk  # ten megabytes in each process, for those who use it

    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False, environment=SITE_URL)
