"""The page frame of a signed-in visitor: who, in which role, and where the desk leads."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from lms.accounts.selectors.people import person_of
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import Hat, hat_on, hats_of
from lms.mailing.selectors.notices import unread_count

from .navigation import Entry, Group, groups_for, tabs_of

if TYPE_CHECKING:
    from lms.accounts.models import Person


@dataclass(frozen=True, slots=True)
class HatShown:
    """A role as the switch shows it, in the language now active."""

    key: str
    role: str
    organisation: str
    current: bool


class Chrome:
    """Asked at most two queries, the person and the roles, and none for a visitor who has not signed in.

    A sign-in without a person behind it costs a third, for the number of its unread notices.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.counts: dict[str, str] = {}

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The one frame of a request, so that a view and its template ask once between them."""
        kept: Self = request.__dict__.setdefault("chrome", cls(request))
        return kept

    def must_act(self, place: str, number: int, *, more: bool = False) -> None:
        """Say in the rail how much waits at a place; a desk tells what it has counted anyway."""
        if number:
            self.counts[place] = f"{number}+" if more else str(number)

    @cached_property
    def _signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return user is not None and user.is_authenticated

    @cached_property
    def person_row(self) -> "Person | None":
        """The human being who has signed in, if the sign-in has one."""
        return person_of(self.request.user) if self._signed_in else None

    @property
    def person(self) -> str:
        """The name to show; empty for a visitor."""
        if not self._signed_in:
            return ""
        return self.person_row.real_name if self.person_row else self.request.user.get_username()

    @cached_property
    def unread(self) -> int:
        """How many notices the bell shows; it rides on the person, and is asked for only where there is none."""
        if not self._signed_in:
            return 0
        return self.person_row.unread_notices if self.person_row else unread_count(self.request.user)

    @cached_property
    def held(self) -> list[Hat]:
        """Every role the visitor may act in."""
        return hats_of(self.request.user) if self._signed_in else []

    @cached_property
    def on(self) -> Hat | None:
        """The role the visitor acts in now."""
        return hat_on(self.held, self.request.session) if self.held else None

    @property
    def hat(self) -> HatShown | None:
        """The role now on, as shown."""
        return self._shown(self.on) if self.on else None

    @property
    def hats(self) -> list[HatShown]:
        """All roles, as shown."""
        return [self._shown(hat) for hat in self.held]

    def _shown(self, hat: Hat) -> HatShown:
        """A hat in the language now active; who runs the site and wears no other is called that."""
        base = hat.organisation
        name = "" if base is None else base.name_en if get_language() == "en" else base.name
        staff = hat.role == Role.TRAINEE and self.request.user.is_staff
        return HatShown(hat.key, gettext("Platform staff") if staff else str(hat.role.label), name, hat == self.on)

    @cached_property
    def rail(self) -> list[Group]:
        """Navigation of the desk for the role now on."""
        if not self.on:
            return []
        return groups_for(self.on.role, editor=self.request.user.is_staff, path=self.request.path, counts=self.counts)

    @property
    def tabs(self) -> list[Entry]:
        """The first places of the rail, for a phone."""
        return tabs_of(self.rail)
