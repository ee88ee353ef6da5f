"""Where rows and files are kept: SQLite under the data directory unless DATABASE_URL says otherwise."""

from pathlib import Path

from .environment import JIQIAO_DATA_DIR, REPO_DIR, env

# Held 1,450 inserts a second from two processes without "database is locked" (docs/decisions/0003).
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
    ),
}

DATABASES = {
    "default": env.db_url_config(
        env.str("DATABASE_URL", default="") or f"sqlite:///{JIQIAO_DATA_DIR / 'jiqiao.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = JIQIAO_DATA_DIR / "static"
STATICFILES_FINDERS = [
    "cms.design.finders.OneStylesheet",
    "cms.design.finders.OneScript",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = JIQIAO_DATA_DIR / "media"
# Certificates, evidence, uploads: never served by URL, only through a view that checks who asks.
PRIVATE_ROOT = JIQIAO_DATA_DIR / "private"
# How long after the decision the documents of an application are kept. The Personal Information Protection Law,
# article 19, asks for the shortest time that the purpose needs; 60 days leave room for a complaint (our choice).
APPLICATION_DOCUMENTS_KEPT_DAYS = 60

STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

LOCALE_PATHS = [REPO_DIR / "lms" / "locale", REPO_DIR / "lms" / "frameworks" / "locale"]
