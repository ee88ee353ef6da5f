"""The suite: a time zone that is neither UTC nor production's, fast hashing, everything in a folder of its own."""

import tempfile
from pathlib import Path

from .base import *

SECRET_KEY = "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TIME_ZONE = "America/St_Johns"
JIQIAO_DEMO = True

JIQIAO_DATA_DIR = Path(tempfile.mkdtemp(prefix="jiqiao-test-"))
JIQIAO_KEY_DIR = JIQIAO_DATA_DIR / "keys"
MEDIA_ROOT = JIQIAO_DATA_DIR / "media"
PRIVATE_ROOT = JIQIAO_DATA_DIR / "private"
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests that are about kept pages switch them on.
CACHES = {**CACHES, "visitors": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False

_test_url = env.str("JIQIAO_TEST_DATABASE_URL", default="")
DATABASES = {"default": env.db_url_config(_test_url or f"sqlite:///{JIQIAO_DATA_DIR / 'main.sqlite3'}")}
if not _test_url:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["TEST"] = {"NAME": str(JIQIAO_DATA_DIR / "test.sqlite3")}
