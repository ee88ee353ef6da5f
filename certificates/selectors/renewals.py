"""Renewal files: a certificate, the rules by which it is renewed, what is there and what is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from certificates.enums import (
    LIVE_STATES,
    RENEWABLE_STATES,
    CertificateState,
    DecisionState,
    RenewalState,
    RenewalStepKind,
)
from certificates.models import Certificate, Decision, RenewalStep
from lms.schemes.selectors.renewing import Renewing, kinds_asked, renewal_standing, rules_by_level
from lms.schemes.selectors.standing import Asked, Fact, Standing, dated_facts
from lms.schemes.selectors.windows import day_of, months_after

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RenewalFile:
    """Where the renewal of one certificate stands on the day `on`.

    `standing` is that before the tree of renewal, or of reinstatement once the certificate has lapsed; there is none
    where nothing can be renewed. `next` is the certificate of the following cycle, `decision` the one under way.
    """

    certificate: Certificate
    on: date
    rules: Renewing | None
    state: RenewalState
    standing: Standing | None
    steps: tuple[RenewalStep, ...]
    next: Certificate | None
    decision: Decision | None

    @property
    def opens_on(self) -> date | None:
        """The first day on which renewal may be asked for."""
        return opens_on(self.certificate, self.rules) if self.rules else None

    @property
    def grace_until(self) -> date | None:
        """The last day on which a lapsed certificate can be reinstated."""
        return grace_until(self.certificate, self.rules) if self.rules else None

    @property
    def ends_on(self) -> date:
        """The day by which the step that is due must be done."""
        if self.state in (RenewalState.GRACE, RenewalState.ENDED) and self.grace_until:
            return self.grace_until
        return self.certificate.valid_until

    @property
    def days_left(self) -> int:
        """Days from `on` to that day; none once it is past."""
        return max(0, (self.ends_on - self.on).days)

    @property
    def asked(self) -> RenewalStep | None:
        """When and by whom renewal was asked for."""
        return self._step(RenewalStepKind.ASKED)

    @property
    def lapsed(self) -> bool:
        """Whether its last day passed without a renewal."""
        return self.state in (RenewalState.GRACE, RenewalState.ENDED)

    @property
    def renewable(self) -> bool:
        """Whether it may be asked for today."""
        return self.state in RENEWABLE_STATES

    @property
    def missing(self) -> int:
        """How many requirements are not met yet."""
        return len(self.standing.missing_leaves()) if self.standing else 0

    def _step(self, kind: RenewalStepKind) -> RenewalStep | None:
        return next((step for step in self.steps if step.kind == kind), None)


def opens_on(certificate: Certificate, rules: Renewing) -> date:
    """The first day on which the renewal of a certificate may be asked for."""
    return max(certificate.issued_on, months_after(certificate.valid_until, -rules.rules.opens_months))


def grace_until(certificate: Certificate, rules: Renewing) -> date:
    """The last day on which a lapsed certificate can be reinstated."""
    return months_after(certificate.valid_until, rules.rules.grace_months)


def cycle_since(certificate: Certificate) -> date:
    """From when on facts count for its renewal: the day after the evidence behind it was frozen.

    So nothing counts twice, and nothing that was done between the decision and the first day of validity is lost.
    """
    return day_of(certificate.decision.prepared_at) + _DAY


def _state(certificate: Certificate, rules: Renewing | None, on: date, *, renewed: bool) -> RenewalState:
    if renewed:
        return RenewalState.RENEWED
    if certificate.state != CertificateState.ISSUED or rules is None:
        return RenewalState.CLOSED
    if on <= certificate.valid_until:
        return RenewalState.OPEN if on >= opens_on(certificate, rules) else RenewalState.EARLY
    return RenewalState.GRACE if on <= grace_until(certificate, rules) else RenewalState.ENDED


def _standing(
    certificate: Certificate, rules: Renewing | None, state: RenewalState, facts: Collection[Fact], on: date
) -> Standing | None:
    if rules is None or state not in (RenewalState.EARLY, *RENEWABLE_STATES):
        return None
    tree = rules.rules.reinstatement if state == RenewalState.GRACE else rules.rules.requirements
    if tree is None:
        return None
    return renewal_standing(rules, tree, facts, Asked(on=on, cycle=cycle_since(certificate)))


def renewal_files(certificates: Iterable[Certificate], *, on: date) -> list[RenewalFile]:
    """The renewal file of each of these certificates (six queries for all of them)."""
    wanted = list(certificates)
    if not wanted:
        return []
    people = {certificate.person_id for certificate in wanted}
    rules = rules_by_level({certificate.decision.scheme_version_id for certificate in wanted}, on=on)
    facts = dated_facts(people, kinds_asked(list(rules.values())))
    steps = _by_certificate(wanted)
    following = {
        (each.person_id, each.level, each.cycle): each
        for each in Certificate.objects.filter(person__in=people, state__in=LIVE_STATES)
    }
    under_way = {
        (each.person_id, each.level, each.cycle): each
        for each in Decision.objects.filter(person__in=people, certificate__isnull=True)
        .exclude(state=DecisionState.REFUSED)
        .defer("evidence")
    }
    found = []
    for certificate in wanted:
        key = (certificate.person_id, certificate.level, certificate.cycle + 1)
        own = rules.get((certificate.decision.scheme_version_id, certificate.level))
        state = _state(certificate, own, on, renewed=key in following)
        stands = _standing(certificate, own, state, facts[certificate.person_id], on)
        found.append(
            RenewalFile(
                certificate,
                on,
                own,
                state,
                stands,
                tuple(steps.get(certificate.pk, ())),
                following.get(key),
                under_way.get(key),
            )
        )
    return found


def _by_certificate(certificates: Collection[Certificate]) -> dict[int, list[RenewalStep]]:
    found: dict[int, list[RenewalStep]] = {}
    for step in RenewalStep.objects.filter(certificate__in=certificates).select_related("actor__person"):
        found.setdefault(step.certificate_id, []).append(step)
    return found


def renewal_file(certificate: Certificate, *, on: date) -> RenewalFile:
    """The renewal file of one certificate."""
    return renewal_files([certificate], on=on)[0]


def renewal_visible_to(user: "User | AnonymousUser", serial: str, *, on: date) -> RenewalFile | None:
    """The renewal file of the certificate of this serial, if `user` may see it."""
    certificate = (
        Certificate.objects.visible_to(user)
        .filter(serial=serial)
        .select_related("organisation", "person", "decision")
        .first()
    )
    return renewal_file(certificate, on=on) if certificate else None


def renewals_of(person_id: int, *, on: date) -> list[RenewalFile]:
    """What a person has to renew or may still reinstate, the most urgent first: for their desk.

    Nothing is answered for certificates whose renewal is not open yet.
    """
    certificates = Certificate.objects.live().filter(person=person_id).select_related("organisation", "decision")
    files = [file for file in renewal_files(certificates, on=on) if file.renewable]
    return sorted(files, key=lambda file: (file.ends_on, file.certificate.pk))
