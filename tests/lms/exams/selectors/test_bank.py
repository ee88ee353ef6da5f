from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from lms.exams.models import QuestionBank, QuestionUse, QuestionVersion
from lms.exams.selectors.bank import Wanted, current_versions, listed
from lms.exams.selectors.banks import lines_of
from lms.exams.services import drafting, reviewing
from tests.factories.bank import empty_bank, make_draft, make_law
from tests.factories.exams import ExamFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def asked(bank: QuestionBank, now: Any, **given: Any) -> QuestionVersion:
    draft = make_draft(bank, **given)
    reviewing.review(version=draft, actor="user:2", now=now)
    return reviewing.publish(version=draft, actor="user:3", now=now)


@pytest.fixture
def bank(now) -> QuestionBank:
    bank = empty_bank()
    make_law("cgh", date(2015, 10, 1), date(2026, 1, 1), date(2030, 1, 1))
    basis = {"law": "cgh", "article": "16"}
    asked(bank, now, ref="old-law", law=[{**basis, "as_of": date(2015, 10, 1)}], competency="C10")
    asked(bank, now, ref="new-law", law=[{**basis, "as_of": date(2026, 1, 1)}], level="senior", difficulty="hard")
    make_draft(bank, "essay", ref="a-draft", topic="contract-registration", stem="谈谈%的含义")
    return bank


def refs(bank: QuestionBank, now: Any, topics: Any = (), **wanted: str) -> list[str]:
    return [version.question.ref for version in listed(bank, Wanted(**wanted), now, topics)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["a-draft", "new-law", "old-law"]),
        ({"state": "draft"}, ["a-draft"]),
        ({"level": "senior"}, ["new-law"]),
        ({"topic": "contract-registration"}, ["a-draft"]),
        ({"competency": "C10"}, ["old-law"]),
        ({"difficulty": "hard"}, ["new-law"]),
        ({"kind": "essay"}, ["a-draft"]),
        ({"law": "cgh"}, ["new-law", "old-law"]),
        ({"law": "cgh", "outdated": "1"}, ["old-law"]),
        ({"q": "谈谈 含义"}, ["a-draft"]),
        ({"q": "OLD"}, ["old-law"]),
        ({"q": "%"}, ["a-draft"]),
        ({"state": "no-such-state"}, []),
    ],
)
def test_a_filter_finds_what_it_says(bank, now, wanted: dict[str, str], found: list[str]) -> None:
    assert refs(bank, now, **wanted) == found


def test_a_module_is_found_by_its_topics(bank, now) -> None:
    assert refs(bank, now, {"contract-registration"}, module="practical-skills") == ["a-draft"]


def test_what_lies_in_a_paper_is_used_whatever_its_version(bank, now) -> None:
    version = QuestionVersion.objects.get(question__ref="old-law")
    QuestionUse.objects.create(exam=ExamFactory(bank=bank), version=version, papers=3)
    drafting.begin_version(question=version.question, actor="user:1", now=now)
    assert refs(bank, now, unused="1") == ["a-draft", "new-law"]
    assert refs(bank, now, q="old-law") == ["old-law", "old-law"]


def test_older_versions_are_left_out_and_questions_out_of_use_stay(bank, now) -> None:
    version = QuestionVersion.objects.get(question__ref="old-law")
    newer = drafting.begin_version(question=version.question, actor="user:1", now=now, newest_laws=True)
    assert newer.legal_bases.get().as_of == date(2026, 1, 1)
    reviewing.review(version=newer, actor="user:2", now=now)
    reviewing.publish(version=newer, actor="user:3", now=now)
    assert [version.no for version in listed(bank, Wanted(q="old-law"), now)] == [2]
    assert refs(bank, now, outdated="1") == []
    reviewing.retire(version=newer, actor="user:3", reason="过时", now=now)
    assert refs(bank, now, state="retired") == ["old-law"]
    assert [version.question.ref for version in current_versions(bank.pk)] == ["new-law"]


def test_a_bank_is_counted_by_state_level_and_kind(bank, now) -> None:
    (line,) = lines_of([bank], now)
    assert (line.published, line.drafts, line.reviewed, line.retired, line.behind) == (2, 1, 0, 0, 1)
    assert line.levels == [("junior", 1), ("senior", 1)]
    assert [(kind.value, count) for kind, count in line.kinds] == [("single", 2)]


def test_counting_costs_two_queries_however_many_banks(bank, now, django_assert_num_queries) -> None:
    more = [bank, *(empty_bank(code=f"bank-{number}") for number in range(20))]
    cache.clear()
    with django_assert_num_queries(2):
        assert len(lines_of(more, now)) == 21
