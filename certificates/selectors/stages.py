"""How far the people of a cohort have come, each counted once at the furthest step reached."""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from certificates.enums import CertificateState, Stage
from certificates.models import Certificate
from lms.cohorts.selectors.scopes import memberships_in
from lms.kernel.tallies import own, tally
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import facts_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lms.cohorts.models import Cohort, Organisation
    from lms.cohorts.models.cohort import MembershipQuerySet

STAGES, BY_COHORT, BY_ORGANISATION = "stages", "stages-by-cohort", "stages-by-organisation"


def with_stage(memberships: "MembershipQuerySet") -> "MembershipQuerySet":
    """Places in cohorts with the `stage` of their people: what was passed or earned, wherever it was."""
    person = Q(person=OuterRef("person"))
    held = Certificate.objects.filter(person, level=OuterRef("cohort__level"), state=CertificateState.ISSUED)
    sat = facts_of_kind(FactKind.EXAM).filter(person, ref=OuterRef("cohort__level"))
    return memberships.annotate(
        stage=Case(
            When(Exists(held), then=Value(Stage.CERTIFIED)),
            When(Exists(facts_of_kind(FactKind.SIMULATION).filter(person)), then=Value(Stage.SIMULATION)),
            When(Exists(sat), then=Value(Stage.EXAM)),
            When(Exists(facts_of_kind(FactKind.CLASS_HOURS).filter(person)), then=Value(Stage.STUDYING)),
            default=Value(Stage.WAITING),
            output_field=CharField(),
        )
    )


def stages(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """People of these organisations' cohorts by stage."""
    return tally(with_stage(memberships_in(organisations)), STAGES, part=F("stage"), figure=Count("pk"))


def stages_by_organisation(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """The same for each organisation."""
    placed = with_stage(memberships_in(organisations))
    return tally(placed, BY_ORGANISATION, key=own("cohort__organisation"), part=F("stage"), figure=Count("pk"))


def stages_by_cohort(organisations: "QuerySet[Organisation]", cohorts: "Iterable[Cohort]") -> "QuerySet[Any, Any]":
    """The same for each of these cohorts, as far as they belong to these organisations."""
    placed = with_stage(memberships_in(organisations).filter(cohort__in=[cohort.pk for cohort in cohorts]))
    return tally(placed, BY_COHORT, key=own("cohort"), part=F("stage"), figure=Count("pk"))
