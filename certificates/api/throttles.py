"""How often strangers may ask: by address, and by the number asked about."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from rest_framework.throttling import SimpleRateThrottle

from certificates.validators.folding import fold


def address_of(request: Any) -> str:
    """Who is asking. Behind our own proxy, the entry that the proxy itself added, which nobody can invent."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return str(forwarded).rsplit(",", maxsplit=1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


class ByAddress(SimpleRateThrottle):
    """Thirty questions a minute from one address."""

    scope = "verify-address"
    rate = "30/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": sha256(address_of(request).encode()).hexdigest()}


class BySerial(SimpleRateThrottle):
    """Twenty questions a minute about one number, from wherever they come."""

    scope = "verify-serial"
    rate = "20/min"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        asked = serial_in(request)
        if not asked:
            return None
        return self.cache_format % {"scope": self.scope, "ident": sha256(fold(asked).encode()).hexdigest()}


def serial_in(request: Any) -> str:
    """The number that a request asks about, in its body or its path."""
    data = getattr(request, "data", None)
    sent = data if data is not None else request.POST
    in_path = request.resolver_match.kwargs.get("serial", "") if getattr(request, "resolver_match", None) else ""
    serial = sent.get("serial", "") if hasattr(sent, "get") else ""
    return str(serial or in_path)


def may_ask(request: Any) -> bool:
    """The same limits for pages."""
    no_view: Any = None
    return all(throttle().allow_request(request, no_view) for throttle in (ByAddress, BySerial))
