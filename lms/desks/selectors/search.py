"""The search of the desks: what the role now on may look through, and where a whole serial leads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db.models import Q
from django.urls import reverse

from certificates.policies import DECIDING_ROLES
from certificates.selectors.finding import certificates_found, whole_serial
from cms.foundation.selectors.excerpts import Asked
from cms.foundation.selectors.finding import LONGEST, cleaned
from lms.cohorts.enums import STAFF_ROLES, Role
from lms.cohorts.selectors.roles import Hat, organisations_of
from lms.kernel.bigrams import query_terms

from . import hits
from .hits import HitGroup, Scope

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lms.accounts.models import User

Look = Callable[[Scope], HitGroup | list[HitGroup]]
OWN: tuple[Look, ...] = (hits.own_lessons_and_help, hits.own_exams, hits.own_simulations, hits.own_certificates)
ROSTERS: tuple[Look, ...] = (hits.people, hits.cohorts, hits.exams, hits.help_pages)
FILES: tuple[Look, ...] = (
    *(hits.people, hits.cohorts, hits.decisions, hits.certificates),
    *(hits.exams, hits.help_pages),
)


@dataclass(frozen=True, slots=True)
class DeskSearch:
    """The answer to a question asked at a desk."""

    query: str
    cut: bool = False
    groups: tuple[HitGroup, ...] = ()
    certificate_url: str = ""

    @property
    def askable(self) -> bool:
        """Whether there is anything in the question that can be looked for."""
        return bool(query_terms(self.query))


def search_desk(request: "HttpRequest", *, hat: Hat | None, asked: str) -> DeskSearch:
    """Answer `asked` within what the hat may see; a whole serial is answered by the address of its certificate."""
    query = cleaned(asked)
    if not query_terms(query):
        return DeskSearch(query)
    scope = _scope(request, hat, query)
    looks = _looks(scope.user, hat)
    if serial := whole_serial(query):
        return DeskSearch(query, certificate_url=_certificate_address(scope, looks, serial))
    found: list[HitGroup] = []
    for look in looks:
        answer = look(scope)
        found.extend(answer if isinstance(answer, list) else [answer])
    groups = tuple(group for group in found if group.hits)
    return DeskSearch(query, cut=len(asked.strip()) > LONGEST, groups=groups)


def _scope(request: "HttpRequest", hat: Hat | None, query: str) -> Scope:
    """The organisations for which the role now on was granted, not those of other roles of the same person."""
    user = cast("User", request.user)  # only the signed-in reach a desk
    role = hat.role if hat else Role.TRAINEE
    organisations = organisations_of(user, role)
    if hat and hat.organisation:
        organisations = organisations.filter(Q(pk=hat.organisation.pk) | Q(parent=hat.organisation.pk))
    return Scope(request, user, organisations, query, Asked(query))


def _looks(user: "User", hat: Hat | None) -> tuple[Look, ...]:
    """A trainee's own things; the rosters of who trains; the files as well of who decides and oversees."""
    role = hat.role if hat else Role.TRAINEE
    if role == Role.TRAINEE:
        return FILES if user.is_superuser else OWN
    if role in DECIDING_ROLES:
        return FILES
    return ROSTERS if role in STAFF_ROLES else (hits.help_pages,)


def _certificate_address(scope: Scope, looks: tuple[Look, ...], serial: str) -> str:
    """The file behind a certificate that one may see, one's own certificates, or the public question about it."""
    if looks is FILES and (found := certificates_found(scope.user, scope.organisations, [serial]).first()):
        return reverse("certificates:decision", args=[found.decision.uid])
    if looks is OWN and certificates_found(scope.user, None, [serial]).exists():
        return reverse("certificates:mine")
    return reverse("certificates:verification", args=[serial])
