"""Who runs this platform, as the foot of every public page says it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.foundation.models import OperatorSettings
from lms.kernel.demo import is_demo


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator in the language now active; what is not known is empty and stays unsaid."""

    name: str = ""
    basis: str = ""
    contact: str = ""


def operator_of(request: HttpRequest) -> Operator:
    """The operator of the site that `request` asks; a demonstration says that it is one.

    Reads only: a setting that nobody has filled in is not written by a visit. A request asks once.
    """
    kept = request.__dict__.get("_operator") or _settings_of(request)
    request.__dict__["_operator"] = kept
    suffix = "_en" if get_language() == "en" else ""
    said = Operator(*(getattr(kept, f"{field}{suffix}") for field in ("name", "basis", "contact")))
    if not said.name and is_demo():
        return Operator(_("the demonstration team (invented)"), said.basis, said.contact)
    return said


def _settings_of(request: HttpRequest) -> OperatorSettings:
    return OperatorSettings.objects.filter(site=Site.find_for_request(request)).first() or OperatorSettings()
