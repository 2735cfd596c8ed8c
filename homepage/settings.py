"""Settings, driven by the environment; safe with nothing set.

DATA_DIR, SITE_URL, ALLOWED_HOSTS, SECRET_KEY, DEBUG, DATABASE_URL, CACHE_URL, PROXY_COUNT,
SITE_LANGUAGE, UPLOAD_STORAGE and UPLOAD_OPTIONS may be given as environment variables or in a
`.env` file beside manage.py.
"""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from homepage import environment as env
from homepage.secret_key import load_or_create

BASE_DIR = Path(__file__).resolve().parent.parent

# Only the project's own file: a `.env` in a parent folder belongs to something else.
env.load(BASE_DIR / ".env")

# Everything that the site writes lies here: database, uploads, static files, secret key.
DATA_DIR = Path(env.text("DATA_DIR") or BASE_DIR / "var").absolute()
# Nobody else on the machine needs to look inside; a folder that exists keeps its own mode.
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR is {DATA_DIR}: {error.strerror}") from error

# Address of the site


def site_url(value):
    """Return `value` without its last slash; it must be http(s)://host[:port][/path]."""
    wrong = ImproperlyConfigured(
        f"SITE_URL is {value!r}; it must be a full address such as https://jane.example.org"
    )
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    whole = parts.scheme in {"http", "https"} and parts.hostname and port != 0
    if value and (not whole or "@" in parts.netloc or parts.query or parts.fragment):
        raise wrong
    return value.rstrip("/")


SITE_URL = site_url(env.text("SITE_URL").strip())
SITE_HOST = urlsplit(SITE_URL).hostname
if SITE_HOST and ":" in SITE_HOST:
    SITE_HOST = f"[{SITE_HOST}]"
IS_HTTPS = SITE_URL.startswith("https://")

# A site below a path (https://example.org/~jane): the server in front takes the path off.
FORCE_SCRIPT_NAME = urlsplit(SITE_URL).path or None

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [*filter(None, [SITE_HOST]), *LOCAL_HOSTS]

# django.contrib.sites carries the old addresses (redirects); row 1 follows SITE_URL.
SITE_ID = 1

# Security: https follows from SITE_URL, so that one variable cannot contradict another.

DEBUG = env.flag("DEBUG")
try:
    SECRET_KEY = env.text("SECRET_KEY") or load_or_create(DATA_DIR / "secret_key")
except OSError as error:
    raise ImproperlyConfigured(
        f"The secret key {DATA_DIR / 'secret_key'} cannot be kept: {error.strerror}. "
        "Make the folder writable, or set SECRET_KEY."
    ) from error

SECURE_SSL_REDIRECT = IS_HTTPS
# Whoever watches the site asks from the same machine, past the server that speaks https.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = ["://".join(urlsplit(SITE_URL)[:2])] if SITE_URL else []
X_FRAME_OPTIONS = "DENY"

# How many proxies in front of the site are trusted; with 0 every forwarded header is ignored.
PROXY_COUNT = env.number("PROXY_COUNT")
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    # HSTS for subdomains and preloading: a university's host shares its domain with others,
    # so both are for the owner of the domain to decide.
    "security.W005",
    "security.W021",
]

# For the public pages; homepage/middleware.py adds what the admin needs, and uploads have a
# policy of their own in homepage/media.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        # The list of publications asks for itself, narrowed, as you type.
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

# Applications

INSTALLED_APPS = [
    "homepage",
    "profiles",
    "publications",
    "homepage.apps.HomepageAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.redirects",
    "axes",
    "markdownx",
    "reversion",
    "django.forms",
]

MIDDLEWARE = [
    # Outside of everything: what it keeps is the whole answer, with all headers.
    "homepage.page_cache.PageCacheMiddleware",
    # The headers stand outside WhiteNoise, else static files would carry none.
    "homepage.middleware.HeadersMiddleware",
    "homepage.middleware.PolicyMiddleware",
    "homepage.middleware.AdminLanguageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Old addresses are a last resort: only what nothing else answers is looked up.
    "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Widgets take their templates from `templates/` too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "homepage.urls"
WSGI_APPLICATION = "homepage.wsgi.application"

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
                "homepage.context_processors.site",
            ],
        },
    },
    {
        # The public pages; the plain ones, of errors, are Django's like the admin.
        "NAME": "pages",
        "BACKEND": "homepage.common.page_engine.Pages",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {
            "environment": "homepage.page_environment.environment",
            "context_processors": ["homepage.context_processors.site"],
        },
    },
]

# Database

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Deferred transactions lost a quarter of contended writes, whatever the timeout.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # The cache is in KiB, twice the usual: queries that join come back to the same pages.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4096;"
        ),
    }
# Opening a database takes longer than answering from it.
DATABASES["default"]["CONN_MAX_AGE"] = 60

# Finished pages and pieces of pages, shared by all processes: homepage/page_cache.py,
# homepage/common/pieces.py.

CACHE_URL = env.text("CACHE_URL")
if CACHE_URL and urlsplit(CACHE_URL).scheme not in {"redis", "rediss", "unix"}:
    raise ImproperlyConfigured(
        "CACHE_URL must be the address of a Redis server, such as redis://localhost:6379/0"
    )
if CACHE_URL:
    redis = {
        "BACKEND": "homepage.caches.RedisPageCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "homepage",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    CACHES = {"default": redis, "pieces": redis}
else:
    CACHES = {
        "default": {
            "BACKEND": "homepage.caches.FileCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        },
        "pieces": {
            "BACKEND": "homepage.piece_file.PieceFile",
            "LOCATION": DATA_DIR / "cache" / "pieces.sqlite3",
        },
    }

# Accounts and login throttling: five failures by one address for one name close that pair,
# and nothing else, for a quarter of an hour. How, and why the owner is never locked out by
# others: homepage/throttling.py.

AXES_HANDLER = "homepage.throttling.LoginHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = "homepage.throttling.counted_by"
AXES_LOCKOUT_CALLABLE = "homepage.throttling.locked_out"
AXES_CLIENT_IP_CALLABLE = "homepage.throttling.client_network"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Language and time


def site_language(value):
    """Return the code of a language that Django knows, however its parts are written."""
    code = value.strip().lower().replace("_", "-")
    code = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-tw": "zh-hant"}.get(code, code)
    known = {code for code, _ in global_settings.LANGUAGES}
    found = next((each for each in (code, code.partition("-")[0]) if each in known), None)
    if found is None:
        raise ImproperlyConfigured(
            f"SITE_LANGUAGE is {value!r}; it must be the code of a language, such as en, de or "
            "zh-hans."
        )
    return found


LANGUAGE_CODE = site_language(env.text("SITE_LANGUAGE", "en"))
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "homepage" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Static files and uploads

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o644
# The preview of an import has a tick box for each of up to 2,000 entries, and their fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Uploads lie in the data folder, or in any storage of Django: homepage/common/storages.py.
UPLOAD_STORAGE = env.text("UPLOAD_STORAGE")


def upload_options(value):
    """Return what a storage is made with: a JSON object."""
    try:
        options = json.loads(value or "{}")
    except ValueError:
        options = None
    if not isinstance(options, dict):
        raise ImproperlyConfigured(
            'UPLOAD_OPTIONS must be a JSON object, such as {"bucket_name": "jane"}'
        )
    return options


STORAGES = {
    "default": {
        "BACKEND": "homepage.common.storages.ElsewhereStorage",
        "OPTIONS": {
            "backend": UPLOAD_STORAGE,
            "options": upload_options(env.text("UPLOAD_OPTIONS")),
        },
    }
    if UPLOAD_STORAGE
    else {"BACKEND": "homepage.common.storages.ContentStorage"},
    "staticfiles": {"BACKEND": "homepage.static_files.CollectedFiles"},
}

# The Markdown editor. Its own URLs are never included (anybody could upload anything); these
# settings keep them harmless should somebody do it. The views are in homepage/uploads.py.

MARKDOWNX_MARKDOWNIFY_FUNCTION = "homepage.common.markdown.render"
MARKDOWNX_URLS_PATH = "/admin/markdown/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdown/upload/"
MARKDOWNX_UPLOAD_CONTENT_TYPES = ["image/jpeg", "image/png"]
MARKDOWNX_UPLOAD_MAX_SIZE = 5 * 1024 * 1024
MARKDOWNX_MEDIA_PATH = "uploads/"
MARKDOWNX_SKIP_RESIZE = []
MARKDOWNX_SERVER_CALL_LATENCY = 500
MARKDOWNX_EDITOR_RESIZABLE = True

# Log lines go to standard error, where a service manager collects them: homepage/logs.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "homepage.logs.formatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would say everything a second time.
        "django": {"handlers": [], "level": "WARNING"},
        # Programs that try the names of other sites; each gets its 400, there is nothing to do.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
