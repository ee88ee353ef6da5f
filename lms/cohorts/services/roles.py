"""Changing hats: in which role somebody looks at the platform."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import SESSION_KEY, Hat, hats_of
from lms.kernel.refusals import NotFound

if TYPE_CHECKING:
    from lms.accounts.models import User


class HatNotHeld(NotFound):
    """The role was never held, or has ended since the page was opened."""

    code = "role-not-held"
    message = _("You do not hold this role, or no longer.")


def switch_role(*, user: "User", session: MutableMapping[str, Any], key: str) -> Hat:
    """Put on the hat `key`; it decides what a desk shows, never what its wearer may do."""
    hat = next((held for held in hats_of(user) if held.key == key), None)
    if hat is None:
        raise HatNotHeld
    session[SESSION_KEY] = hat.key
    return hat
