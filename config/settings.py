"""Settings: one file, read from the environment, with defaults for one office PC without any server.

DOCGEN_HOME holds database, files, secret key and logs; another value is another store.
DATABASE_URL chooses PostgreSQL; REDIS_URL chooses a Redis in service. Secrets may come from NAME_FILE.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from registry.object_store import Bucket

BASE_DIR = Path(__file__).resolve().parent.parent
DOCGEN_HOME = Path(os.environ.get("DOCGEN_HOME") or BASE_DIR / "var").resolve()
FILES_DIR = DOCGEN_HOME / "files"
LOGS_DIR = DOCGEN_HOME / "logs"
TEMPLATES_DOCX_DIR = BASE_DIR / "templates_docx"


def env_secret(name: str) -> str:
    """Value of NAME, or the content of the file named by NAME_FILE; empty when neither is set."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise ImproperlyConfigured(f"không đọc được tệp {path} ghi ở {name}_FILE.") from fault
    return os.environ.get(name, "")


def files_bucket() -> Bucket | None:
    """The bucket that holds the stored files, if one is named; else they lie in FILES_DIR."""
    name = os.environ.get("DOCGEN_S3_BUCKET", "")
    if not name:
        return None
    return Bucket(
        bucket=name,
        endpoint=os.environ.get("DOCGEN_S3_ENDPOINT", ""),
        region=os.environ.get("DOCGEN_S3_REGION", ""),
        key_id=os.environ.get("DOCGEN_S3_KEY_ID", ""),
        secret=env_secret("DOCGEN_S3_SECRET"),
        prefix=os.environ.get("DOCGEN_S3_PREFIX", ""),
    )


def load_secret_key(home: Path) -> str:
    """The store's own secret key, made once with owner-only rights."""
    if given := env_secret("DOCGEN_SECRET_KEY"):
        return given
    path = home / "secret_key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Another process made it this moment: an empty read means that it is still writing.
        return path.read_text(encoding="utf-8").strip() or secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        key = secrets.token_urlsafe(50)
        handle.write(key)
    return key


FILES_BUCKET = files_bucket()
#: Made when a session is first signed: `docgen make` leaves nothing behind and needs no writable store.
SECRET_KEY = SimpleLazyObject(lambda: load_secret_key(DOCGEN_HOME))
DEBUG = os.environ.get("DOCGEN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("DOCGEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    # Static files come from the packages as they lie there (WhiteNoise): nothing to collect.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "records",
    "registry",
    "intake",
    "docgen",
    "workers",
    "web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "web.middleware.DeskMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.frame.frame",
            ],
            "builtins": ["django.templatetags.static", "web.templatetags.desk"],
        },
    }
]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600  # seconds; a new release is seen within the hour, or at once with Ctrl+F5

#: Of the desk. Behind a proxy with TLS set DOCGEN_HTTPS=1; DOCGEN_ORIGINS names its address (https://...).
HTTPS = os.environ.get("DOCGEN_HTTPS") == "1"
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:home"
SESSION_COOKIE_AGE = (
    12 * 3600
)  # seconds: a working day; the text of an open form outlives it in the tab
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DOCGEN_ORIGINS", "").split(",") if o]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
#: The largest returned file is checked again, by type, in intake.guard.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 500

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
#: Five wrong tries for a name from a place, then a quarter of an hour's rest.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "web.session.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"


def sqlite_database(path: Path) -> dict[str, object]:
    """SQLite with WAL and IMMEDIATE transactions: no 'database is locked' under several writers.

    Measured on two cores: 1,741 rows/s and no lock error, against 26 % with deferred transactions.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            # SQLite's waiting is not fair: of eight processes numbering at once on a busy disk, one
            # waited more than 20 s for its turn.
            "timeout": 60,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        },
        "TEST": {"NAME": str(path.with_name("test_docgen.sqlite3"))},
    }


#: A server that is cut off is noticed in seconds: by default a worker would wait two hours for its answer. What stands
#: in DATABASE_URL (``?connect_timeout=...``) wins.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # ms
}


def seconds(name: str, given: str, *, least: int) -> int:
    """The setting ``name`` as a whole number of seconds. Raises ImproperlyConfigured."""
    if not given.isdigit() or int(given) < least:
        raise ImproperlyConfigured(f"{name} phải là số giây nguyên, ít nhất {least}.")
    return int(given)


def whole_number(name: str, given: str, *, least: int) -> int:
    """The setting ``name`` as a whole number. Raises ImproperlyConfigured."""
    if not given.isdigit() or int(given) < least:
        raise ImproperlyConfigured(f"{name} phải là số nguyên, ít nhất {least}.")
    return int(given)


def database() -> dict[str, object]:
    """The database of DATABASE_URL, else the embedded one. Raises ImproperlyConfigured."""
    url = env_secret("DATABASE_URL")
    if not url:
        return sqlite_database(DOCGEN_HOME / "docgen.sqlite3")
    try:
        found: dict[str, object] = dict(
            dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
        )
    except ValueError as fault:
        raise ImproperlyConfigured(
            "DATABASE_URL không đúng; ghi dạng postgres://người_dùng:mật_khẩu@máy_chủ/cơ_sở_dữ_liệu."
        ) from fault
    if found["ENGINE"] == "django.db.backends.postgresql":
        given = found.get("OPTIONS")
        found["OPTIONS"] = POSTGRESQL_OPTIONS | (given if isinstance(given, dict) else {})
    return found


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
# Django's own Vietnamese formats read 05/03/2026 as 3 May: ours come first.
FORMAT_MODULE_PATH = "config.formats"

#: How administrative documents are serialised: per_type, joint or per_group. The head of the body
#: decides (ND30 Điều 15 k1c), so it is a setting; per issuing body it may be overridden in records.
NUMBER_SERIES_POLICY = os.environ.get("DOCGEN_SERIES_POLICY", "per_type")

#: Codec and level of Word files, ``codec:level``: zlib-ng (0-9), zlib (0-9) or isal (0-3, larger and faster).
DOCX_PACKING = os.environ.get("DOCGEN_PACKING", "zlib-ng:5")

#: Returned forms: kinds applied without a person when clean, kinds that are official papers, and from which
#: probability a value is taken without a look (intake.services.policy reads them).
INTAKE_AUTO = os.environ.get("DOCGEN_INTAKE_AUTO", "")
INTAKE_OFFICIAL = os.environ.get(
    "DOCGEN_INTAKE_OFFICIAL", "recognition_request,progress_report,launch_report"
)
INTAKE_ACCEPTANCE = os.environ.get("DOCGEN_INTAKE_ACCEPTANCE", "")

#: The mailbox to which forms are sent; none unless a host is named. `security`: tls, starttls or none.
IMAP_HOST = os.environ.get("DOCGEN_IMAP_HOST", "")
IMAP_PORT = os.environ.get("DOCGEN_IMAP_PORT", "")
IMAP_USER = os.environ.get("DOCGEN_IMAP_USER", "")
IMAP_PASSWORD = env_secret("DOCGEN_IMAP_PASSWORD")
IMAP_SECURITY = os.environ.get("DOCGEN_IMAP_SECURITY", "tls")
IMAP_CA = os.environ.get("DOCGEN_IMAP_CA", "")
IMAP_FOLDER = os.environ.get("DOCGEN_IMAP_FOLDER", "INBOX")
IMAP_DONE_FOLDER = os.environ.get("DOCGEN_IMAP_DONE_FOLDER", "Docgen-DaNhan")

REDIS_URL = env_secret("REDIS_URL")

#: How often the sweep looks for work left behind, and how long a row waits before its bell is rung again.
SWEEP_SECONDS = seconds(
    "DOCGEN_SWEEP_SECONDS", os.environ.get("DOCGEN_SWEEP_SECONDS", "60"), least=1
)
#: How long a worker holds a row that it has claimed, and the hard limit of a task: after that time another one may
#: take it. The rows of a dead worker of the same machine are free at once, those of another machine after this.
LEASE_SECONDS = seconds(
    "DOCGEN_LEASE_SECONDS", os.environ.get("DOCGEN_LEASE_SECONDS", "300"), least=5
)

#: How far workers stand back for everything else on the machine (nice).
WORKER_NICE = whole_number("DOCGEN_WORKER_NICE", os.environ.get("DOCGEN_WORKER_NICE", "5"), least=0)
#: Papers of a batch that a worker takes at once, and what one that is killed leaves to be done again.
BATCH_CHUNK = whole_number(
    "DOCGEN_BATCH_CHUNK", os.environ.get("DOCGEN_BATCH_CHUNK", "250"), least=1
)

_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.OneLine", "format": _LINE},
        "full": {"format": _LINE},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"},
        "store": {
            "()": "config.logs.StoreLog",
            "path": LOGS_DIR / "docgen.log",
            "formatter": "full",
        },
    },
    "root": {
        "handlers": ["stderr", "store"],
        "level": os.environ.get("DOCGEN_LOG_LEVEL", "WARNING"),
    },
}
