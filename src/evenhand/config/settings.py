"""Django's settings. What differs between installations comes from the environment (`env`)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from evenhand.config import env
from evenhand.platform.postgres.addresses import encrypted
from evenhand.platform.secret_files import read_secret_files
from evenhand.platform.threads import shares_of

# Where a program of somebody's own loads the settings, they have not been read yet.
read_secret_files(os.environ)

ROOT = Path(__file__).resolve().parents[3]

SECRET_KEY = env.secret_key()
SECRET_KEY_FALLBACKS = env.old_secret_keys()
DEBUG = False
EVENHAND_URL = env.public_url()
ALLOWED_HOSTS = env.hosts(EVENHAND_URL)
CSRF_TRUSTED_ORIGINS = [EVENHAND_URL] if urlsplit(EVENHAND_URL).scheme == "https" else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "evenhand.journal",
    "evenhand.people",
    "evenhand.notify",
    "evenhand.exports",
    "evenhand.policies",
    "evenhand.ledger",
    "evenhand.leads",
    "evenhand.routing",
    "evenhand.tasks",
    "evenhand.pool",
    "evenhand.ladder",
    "evenhand.work",
    "evenhand.fairness",
    "evenhand.appeals",
    "evenhand.review",
    "evenhand.rebalance",
    "evenhand.imports",
    "evenhand.handover",
    "evenhand.connectors",
    "evenhand.forms",
    "evenhand.web",
    "evenhand.api",
]

MIDDLEWARE = [
    "evenhand.web.middleware.Headers",
    "evenhand.web.middleware.Unavailable",
    "evenhand.web.middleware.Encrypted",
    "evenhand.web.middleware.Size",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "evenhand.web.admission.Admission",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "evenhand.web.middleware.LiveMark",
    "evenhand.web.middleware.Look",
    "evenhand.web.middleware.Session",
    "evenhand.web.middleware.Enrolment",
    "evenhand.web.middleware.Language",
    "evenhand.web.middleware.Refusals",
    "evenhand.api.middleware.Answers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "evenhand.config.urls"
WSGI_APPLICATION = "evenhand.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "evenhand.web.context.page",
            ],
            "builtins": [
                f"evenhand.web.templatetags.{library}"
                for library in (
                    "words",
                    "cells",
                    "decisions",
                    "exports",
                    "figures",
                    "frame",
                    "imports",
                    "items",
                    "lists",
                    "moments",
                    "people",
                    "signs",
                )
            ],
        },
    }
]

DATABASES = {
    "default": env.database(encrypted(env.text("DATABASE_URL") or "postgresql:///evenhand"))
}
# Set where DATABASE_URL leads through a pooler that lends a connection for one transaction: the way
# past it, for whoever listens. What lives as long as a connection is not used through the pooler.
DIRECT_DATABASE_URL = encrypted(env.text("DATABASE_URL_DIRECT"))
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = bool(DIRECT_DATABASE_URL)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A list of passwords that were stolen elsewhere; a new password must not stand in it.
BREACHED_PASSWORDS = env.breached_passwords()
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"

IS_SECURE = env.is_secure(EVENHAND_URL)
SESSION_ENGINE = "evenhand.people.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Says that a browser was here before; it opens nothing.
BROWSER_COOKIE_NAME = "__Host-browser" if IS_SECURE else "browser"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_SECURE else "csrf"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "evenhand.web.errors.csrf_failed"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
X_FRAME_OPTIONS = "DENY"
PROXIES = env.proxies(EVENHAND_URL)
IDLE_SECONDS = 3 * 3600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    (name, ROOT / "node_modules" / folder)
    for name, folder in (
        ("tabler", "@tabler/core/dist"),
        ("htmx", "htmx.org/dist"),
        ("echarts", "echarts/dist"),
    )
    if (ROOT / "node_modules" / folder).is_dir()
]
WHITENOISE_USE_FINDERS = True
ICONS = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"

EMAIL_HOST = env.text("EVENHAND_MAIL_HOST")
EMAIL_PORT = int(env.text("EVENHAND_MAIL_PORT") or 587)
EMAIL_HOST_USER = env.text("EVENHAND_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EVENHAND_MAIL_PASSWORD")
EMAIL_USE_TLS = env.text("EVENHAND_MAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EVENHAND_MAIL_FROM") or "evenhand@localhost"

# Private networks that webhooks and chat servers may stand in; all others are refused.
PRIVATE_TARGETS = env.private_targets()

# Looks at every file that somebody uploads; without one they are not looked at.
CLAMD = env.scanner()

# Where the head of the journal's chain is put every day, and to whom it is sent.
ANCHORS_FOLDER = env.text("EVENHAND_ANCHORS")
AUDITOR_MAIL = env.text("EVENHAND_AUDITOR_MAIL")

# Whoever shows this token reads /metrics; without one nobody does.
METRICS_TOKEN = env.text("EVENHAND_METRICS_TOKEN")

# What the threads of a web process are for; streams of news get what requests leave.
SHARES = shares_of(
    int(env.text("EVENHAND_WEB_THREADS") or 192),
    DATABASES["default"]["OPTIONS"]["pool"]["max_size"],
)
LIVE_STREAMS = min(int(env.text("EVENHAND_LIVE_STREAMS") or SHARES.streams), SHARES.streams)

# Single leads that one API token may send per second to one web process.
INTAKE_PER_SECOND = int(env.text("EVENHAND_INTAKE_PER_SECOND") or 100)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# Read by who does jobs or asks for some, not by every command: it stands on nearly all there is.
PROCRASTINATE_IMPORT_PATHS = ["evenhand.jobs.app"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "evenhand.platform.discretion.JsonLines"},
    },
    "filters": {"no_links": {"()": "evenhand.platform.discretion.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A link of an invitation opens an account: Django would write it down with every refusal.
    "loggers": {"django.request": {"filters": ["no_links"]}},
    "root": {"handlers": ["console"], "level": env.text("EVENHAND_LOG") or "WARNING"},
}
