"""Who runs this platform, as the foot of every public page says it."""

from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.foundation.models import OperatorSettings
from lms.kernel.demo import is_demo

KEY = "foundation:operator:{site_id}"
# What was read while an operator saved is at most this old.
KEPT_SECONDS = 300
FIELDS = ("name", "basis", "contact")
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator in the language now active; what is not known is empty and stays unsaid."""

    name: str = ""
    basis: str = ""
    contact: str = ""


def operator_of(request: HttpRequest) -> Operator:
    """The operator of the site that `request` asks; a demonstration says that it is one.

    Reads only: a setting that nobody has filled in is not written by a visit. A request asks once, and all
    requests together until the setting is saved.
    """
    words: Words = request.__dict__.get("_operator") or _words_of(request)
    request.__dict__["_operator"] = words
    suffix = "_en" if get_language() == "en" else ""
    said = Operator(*(words[f"{field}{suffix}"] for field in FIELDS))
    if not said.name and is_demo():
        return Operator(_("the demonstration team (invented)"), said.basis, said.contact)
    return said


def _words_of(request: HttpRequest) -> Words:
    site = Site.find_for_request(request)
    cache, key = caches["visitors"], KEY.format(site_id=site.pk if site else 0)
    words: Words | None = cache.get(key)
    if words is None:
        names = [f"{field}{suffix}" for field in FIELDS for suffix in ("", "_en")]
        kept = OperatorSettings.objects.filter(site=site).values(*names).first()
        words = kept or dict.fromkeys(names, "")
        cache.set(key, words, KEPT_SECONDS)
    return words
