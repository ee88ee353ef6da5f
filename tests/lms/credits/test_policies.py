import pytest
from django.contrib.auth.models import AnonymousUser

from lms.cohorts.enums import Role
from lms.credits import policies
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at, small_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_who_decides_about_a_claim() -> None:
    claim = small_claim()
    base = claim.organisation
    yes = [confirmer_at(base, role) for role in (Role.BASE_MANAGER, Role.CERTIFIER, Role.VERIFIER)]
    no = [confirmer_at(base, role) for role in (Role.TRAINER, Role.MARKER, Role.AUTHORITY_OFFICER)]
    no += [confirmer_at(claimant_at().cohort.organisation), claim.person.user, AnonymousUser(), PersonFactory().user]
    assert [policies.can_confirm(user, claim) for user in yes] == [True] * 3
    assert [policies.can_confirm(user, claim) for user in no] == [False] * 7
    assert [policies.can_turn_down(user, claim) for user in (*yes, *no)] == [True] * 3 + [False] * 7


def test_the_authority_reads_and_confirms_nothing() -> None:
    claim = small_claim()
    officer = confirmer_at(claim.organisation, Role.AUTHORITY_OFFICER)
    assert policies.reads_claims(officer)
    assert policies.can_open_claim_file(officer, claim)
    assert not policies.confirms_claims(officer)


def test_who_runs_the_platform_decides_but_not_about_own_work() -> None:
    claim = small_claim()
    root = PersonFactory(user__is_superuser=True).user
    own = claim.person.user
    own.is_superuser = True
    assert policies.can_confirm(root, claim)
    assert not policies.can_confirm(own, claim)


def test_rules_of_the_scheme_are_for_who_runs_the_platform() -> None:
    base = claimant_at().cohort.organisation
    manager, root = confirmer_at(base), PersonFactory(user__is_superuser=True).user
    assert [policies.can_change_rules_of(manager, pk) for pk in (base.pk, None)] == [True, False]
    assert policies.can_change_rules_of(root, None)
