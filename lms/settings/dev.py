"""A developer's machine and `make run`: nothing outside this machine is needed."""

import secrets

from django.utils.functional import SimpleLazyObject

from .base import *

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["*"]


def _kept_secret() -> str:
    """One random key for this data directory, so that a restart keeps people signed in."""
    path = JIQIAO_DATA_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


# Made when it is first needed: verifying a certificate offline needs no secret and writes nothing.
SECRET_KEY = env.str("SECRET_KEY", default="") or SimpleLazyObject(_kept_secret)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = JIQIAO_DATA_DIR / "mail"

# Files are served from the rooms where they lie; nothing is collected first.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
# Nothing was compressed beforehand either; production sends what `collectstatic` has packed.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]
