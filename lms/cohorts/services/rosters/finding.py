"""Which cohort and which manager a command means."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lms.accounts.selectors.users import user_by_mail
from lms.cohorts.models import Cohort
from lms.cohorts.selectors.cohorts import cohorts_by_code
from lms.kernel.refusals import NotFound, Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User


class NoSuchUser(NotFound):
    """Nobody signs in with this address."""

    code = "no-such-user"
    message = _("Nobody signs in with the address %(mail)s.")


class NoSuchCohort(NotFound):
    """No such cohort, or none that this person may see."""

    code = "no-such-cohort"
    message = _("There is no cohort %(code)s that this person may see.")


class CohortCodeAmbiguous(Refusal):
    """Two bases use the code; the base goes in front."""

    code = "cohort-code-ambiguous"
    message = _("More than one base has a cohort %(code)s. Put the base in front: %(choices)s.")


def user_named(mail: str) -> "User":
    """The user who signs in with this address."""
    user = user_by_mail(mail)
    if user is None:
        raise NoSuchUser(mail=mail)
    return user


def cohort_named(code: str, *, user: "User") -> Cohort:
    """The cohort that `user` means by `2026-AUTUMN`, or by `FCBA/2026-AUTUMN` where two bases use one code."""
    base, slash, own_code = code.partition("/")
    found = list(cohorts_by_code(user, own_code if slash else code, base if slash else ""))
    if not found:
        raise NoSuchCohort(code=code)
    if len(found) > 1:
        choices = ", ".join(f"{cohort.organisation.code}/{code}" for cohort in found)
        raise CohortCodeAmbiguous(code=code, choices=choices)
    return found[0]
