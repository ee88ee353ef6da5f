from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.utils.translation import override

from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import current_version, level_of
from lms.schemes.selectors.standing import Standing, standing, standings
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import PersonFactory
from tests.factories.schemes import LevelFactory, leaf

pytestmark = [pytest.mark.room, pytest.mark.django_db]

_numbers = count()


@pytest.fixture
def junior(now):
    return level_of(load_scheme("ttm-2026-1", now=now), "junior")


def tell(person, kind: FactKind, ref: str, value: str, now, *, later: int = 0) -> None:
    at = now + timedelta(minutes=later)
    record_fact(
        person_id=person.pk,
        kind=kind,
        ref=ref,
        value=Decimal(value),
        source=f"test:{next(_numbers)}",
        occurred_at=at,
        now=at,
    )


def reasons(found: Standing) -> dict[str, str]:
    with override("en"):
        return {node.code: node.why for node in found.leaves()}


def test_nobody_has_met_anything_at_the_beginning_and_every_leaf_says_why(junior) -> None:
    found = standing(person_id=PersonFactory().pk, level=junior)
    assert not found.met
    assert reasons(found) == {
        "identity": "The identity document has not been checked yet; show it to the training base.",
        "hours-total": "1.00 class hours are missing: 1.00 are required, 0.00 are posted.",
        "hours-public-knowledge": "0.50 class hours are missing: 0.50 are required, 0.00 are posted.",
        "hours-practical-skills": "0.50 class hours are missing: 0.50 are required, 0.00 are posted.",
        "exam": "There is no exam result yet; 60 of 100 are required.",
        "simulation": "1 deal simulation is missing: 1 with at least 70 of 100 required, 0 passed.",
        "contribution": "5.00 contribution credits are missing: 5.00 are required, 0.00 are posted.",
    }


def test_half_way_the_missing_part_is_named_to_the_hundredth(junior, now) -> None:
    person = PersonFactory()
    tell(person, FactKind.CLASS_HOURS, "public-knowledge", "0.44", now)
    tell(person, FactKind.EXAM, "junior", "52.5", now)
    tell(person, FactKind.SIMULATION, "d-01-gas-heater", "69.99", now)
    found = reasons(standing(person_id=person.pk, level=junior))
    assert found["hours-total"] == "0.56 class hours are missing: 1.00 are required, 0.44 are posted."
    assert found["hours-public-knowledge"] == "0.06 class hours are missing: 0.50 are required, 0.44 are posted."
    assert found["exam"] == ("7.5 more marks are needed in the exam: the best result is 52.5 of 100, 60 are required.")
    assert found["simulation"] == ("1 deal simulation is missing: 1 with at least 70 of 100 required, 0 passed.")


def test_the_whole_way_meets_the_level(junior, now) -> None:
    person = PersonFactory()
    tell(person, FactKind.IDENTITY, "resident", "1", now)
    tell(person, FactKind.CLASS_HOURS, "public-knowledge", "0.55", now)
    tell(person, FactKind.CLASS_HOURS, "practical-skills", "0.55", now)
    tell(person, FactKind.EXAM, "junior", "75", now)
    tell(person, FactKind.SIMULATION, "d-01-gas-heater", "82", now)
    tell(person, FactKind.CONTRIBUTION, "exam-passed", "2", now)
    tell(person, FactKind.CONTRIBUTION, "simulation-passed", "3", now)
    found = standing(person_id=person.pk, level=junior)
    assert found.met
    assert found.missing_leaves() == ()
    assert reasons(found)["exam"] == "The exam is passed with 75 of 100; 60 are required."
    with override("en"):
        assert found.root.why == "Everything asked for here is met."


def test_a_group_counts_what_is_met_of_its_children(junior, now) -> None:
    person = PersonFactory()
    tell(person, FactKind.CLASS_HOURS, "public-knowledge", "1.2", now)
    root = standing(person_id=person.pk, level=junior).root
    hours = next(child for child in root.children if child.code == "class-hours")
    assert (hours.required, hours.reached, hours.met) == (3, 2, False)
    with override("en"):
        assert hours.why == "1 of 3 requirements is not met yet."


def test_the_sentence_and_the_label_speak_the_language_now_active(junior) -> None:
    found = standing(person_id=PersonFactory().pk, level=junior)
    hours = next(node for node in found.leaves() if node.code == "hours-total")
    with override("zh-hans"):
        assert (hours.label, hours.local_source) == ("总学时", "本方案试行版自定")
    with override("en"):
        assert (hours.label, hours.local_source) == ("Class hours in all", "This trial scheme's own figure")


def test_facts_of_another_person_or_another_exam_do_not_count(junior, now) -> None:
    person, other = PersonFactory(), PersonFactory()
    tell(other, FactKind.EXAM, "junior", "99", now)
    tell(person, FactKind.EXAM, "senior", "99", now)
    exam = next(node for node in standing(person_id=person.pk, level=junior).leaves() if node.code == "exam")
    assert (exam.reached, exam.met) == (0, False)


@pytest.mark.parametrize("size", [1, 40])
def test_a_standing_costs_one_query_whatever_the_facts(junior, now, size, django_assert_num_queries) -> None:
    people = PersonFactory.create_batch(size)
    for person in people:
        for _ in range(size):
            tell(person, FactKind.CLASS_HOURS, "public-knowledge", "0.1", now)
    with django_assert_num_queries(1):
        found = standings(person_ids=[person.pk for person in people], level=junior)
    assert len(found) == size
    with django_assert_num_queries(1):
        standing(person_id=people[0].pk, level=junior)


def test_a_revoked_certificate_is_no_longer_held(now) -> None:
    level = LevelFactory(requirements=leaf("prior", fact="certificate", refs=["junior"], at_least="1"))
    person = PersonFactory()
    tell(person, FactKind.CERTIFICATE, "junior", "1", now)
    assert standing(person_id=person.pk, level=level).met
    tell(person, FactKind.CERTIFICATE, "junior", "0", now, later=5)
    assert not standing(person_id=person.pk, level=level).met
    tell(person, FactKind.CERTIFICATE, "junior", "1", now, later=9)
    assert standing(person_id=person.pk, level=level).met


def test_a_result_taken_back_by_its_opposite_counts_no_more(now) -> None:
    level = LevelFactory(requirements=leaf("exam", fact="exam", refs=["junior"], at_least="60"))
    person = PersonFactory()
    tell(person, FactKind.EXAM, "junior", "61", now)
    tell(person, FactKind.EXAM, "junior", "90", now)
    tell(person, FactKind.EXAM, "junior", "-90", now, later=5)
    assert standing(person_id=person.pk, level=level).root.reached == 61


def test_the_same_simulation_twice_is_one_simulation(now) -> None:
    level = LevelFactory(requirements=leaf("simulation", fact="simulation", count=2, per_ref_at_least="70"))
    person = PersonFactory()
    tell(person, FactKind.SIMULATION, "d-01", "71", now)
    tell(person, FactKind.SIMULATION, "d-01", "90", now)
    assert standing(person_id=person.pk, level=level).root.reached == 1
    tell(person, FactKind.SIMULATION, "d-02", "70", now)
    assert standing(person_id=person.pk, level=level).met


def test_the_current_version_gives_the_level(junior, now) -> None:
    assert level_of(current_version(now), "junior") == junior
