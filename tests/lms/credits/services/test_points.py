from decimal import Decimal

import pytest

from lms.credits.models import CreditLine
from lms.credits.selectors.rules import NoSuchRule
from lms.credits.services.points import NotByTheRule
from lms.credits.services.posting import SourceTaken
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.credits import make_points

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_rule_says_how_many_points() -> None:
    person = PersonFactory()
    make_points(person=person)
    make_points(person=person, kind="simulation", rule="simulation-passed", points=Decimal("3.00"))
    assert list(CreditLine.objects.of(person.pk).values_list("seq", "kind", "points")) == [
        (1, "exam", Decimal("2.00")),
        (2, "simulation", Decimal("3.00")),
    ]
    assert list(RequirementFact.objects.order_by("pk").values_list("kind", "ref", "value")) == [
        ("contribution", "exam", Decimal("2.00")),
        ("contribution", "simulation", Decimal("3.00")),
    ]


def test_the_same_source_again_answers_the_same_line() -> None:
    first = make_points(source="exams.seat:7K3M-Q2WX")
    assert make_points(person=first.person, source="exams.seat:7K3M-Q2WX") == first
    assert CreditLine.objects.count() == RequirementFact.objects.count() == 1


def test_nobody_is_credited_for_another_s_work() -> None:
    make_points(source="exams.seat:7K3M-Q2WX")
    with pytest.raises(SourceTaken):
        make_points(source="exams.seat:7K3M-Q2WX")


@pytest.mark.parametrize("wrong", [{"points": Decimal("2.01")}, {"kind": "simulation"}])
def test_nothing_but_what_the_rule_gives_is_posted(wrong: dict[str, object]) -> None:
    with pytest.raises(NotByTheRule):
        make_points(**wrong)
    assert CreditLine.objects.count() == 0


def test_an_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(NoSuchRule, match=r"2026\.2.*exam-sat"):
        make_points(rule="exam-sat")
