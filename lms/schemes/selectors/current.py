"""Which rules are in force."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.kernel import clock
from lms.kernel.beijing import BEIJING
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import NotFound
from lms.schemes.enums import SchemeState
from lms.schemes.models import Level, Scheme, SchemeVersion

DEFAULT_SCHEME = "ttm"


class NoRulesInForce(NotFound):
    """Nothing has been published for this date yet."""

    code = "no-scheme-in-force"
    message = _("No certification scheme is in force yet.")


class NoSuchLevel(NotFound):
    """This version of the scheme does not know the level."""

    code = "no-such-level"
    message = _("This version of the scheme has no level %(level)s.")


def current_version(now: datetime | None = None, *, scheme: str = DEFAULT_SCHEME) -> SchemeVersion:
    """The published version whose first day, by the Beijing calendar, came last."""
    today = (now or clock.now()).astimezone(BEIJING).date()
    in_force = SchemeVersion.objects.filter(scheme__code=scheme, state=SchemeState.PUBLISHED, effective_from__lte=today)
    version = in_force.select_related("scheme").order_by("-effective_from", "-published_at", "-pk").first()
    if version is None:
        raise NoRulesInForce
    return version


def default_scheme() -> Scheme | None:
    """The scheme for which nothing else is said, once it was loaded."""
    return Scheme.objects.filter(code=DEFAULT_SCHEME).first()


def level_of(version: SchemeVersion, code: LevelCode | str) -> Level:
    """The level of `version` with this code."""
    level = version.levels.filter(code=str(code)).first()
    if level is None:
        raise NoSuchLevel(level=str(code))
    return level


def levels_of(version: SchemeVersion) -> QuerySet[Level]:
    """All levels of `version`, in the order in which they were written down, lowest first."""
    return version.levels.order_by("pk")
