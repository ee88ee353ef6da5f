from datetime import datetime
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from lms.exams.models import Question, QuestionVersion
from lms.exams.models.key import AnswerKey
from lms.exams.services.bank_file import DATA, BankInvalid, BankUnreadable, read_bank
from lms.exams.services.loading import KindChanged, load_bank
from tests.factories.cohorts import OrganisationFactory
from tests.factories.exams import make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def organisation():
    return OrganisationFactory()


def counts() -> tuple[int, int, int]:
    return Question.objects.count(), QuestionVersion.objects.count(), AnswerKey.objects.count()


@pytest.fixture
def edited(tmp_path: Path):
    """Write the bank with one change."""

    def write(change) -> Path:
        bank = yaml.safe_load((DATA / "junior-core.yaml").read_text())
        change(bank["questions"])
        path = tmp_path / "bank.yaml"
        path.write_text(yaml.safe_dump(bank, allow_unicode=True))
        return path

    return write


def test_loaded_twice_nothing_changes(organisation, now: datetime) -> None:
    load_bank("junior-core", organisation=organisation, now=now)
    load_bank("junior-core", organisation=organisation, now=now)
    assert counts() == (12, 12, 12)


def test_two_organisations_keep_their_own_bank(organisation, now: datetime) -> None:
    load_bank("junior-core", organisation=organisation, now=now)
    load_bank("junior-core", organisation=OrganisationFactory(), now=now)
    assert counts() == (24, 24, 24)


def test_a_new_wording_is_a_new_version_and_the_old_paper_keeps_the_old_one(edited, now: datetime) -> None:
    seat = make_seat()
    path = edited(lambda questions: questions[0].update(stem="新的题干"))
    bank = load_bank(path, organisation=seat.organisation, now=now)
    assert counts() == (12, 13, 13)
    assert list(bank.questions.get(ref="way-that-keeps-title").versions.values_list("no", flat=True)) == [1, 2]
    seat.refresh_from_db()
    asked = QuestionVersion.objects.filter(pk__in=[item["version"] for item in seat.paper.items])
    assert not asked.filter(body__stem="新的题干").exists()


def test_going_back_to_an_old_wording_is_a_version_too(edited, organisation, now: datetime) -> None:
    load_bank("junior-core", organisation=organisation, now=now)
    load_bank(edited(lambda questions: questions[0].update(stem="新")), organisation=organisation, now=now)
    load_bank("junior-core", organisation=organisation, now=now)
    newest = QuestionVersion.objects.filter(question__ref="way-that-keeps-title").order_by("-no").first()
    assert (newest.no, newest.body["stem"][:2]) == (3, "虚构")


def test_a_corrected_key_is_a_new_key_for_the_same_wording(edited, organisation, now: datetime) -> None:
    load_bank("junior-core", organisation=organisation, now=now)
    path = edited(lambda questions: questions[0].update(key={"option": "equity"}))
    load_bank(path, organisation=organisation, now=now)
    assert counts() == (12, 12, 13)


def test_a_question_keeps_its_kind(edited, organisation, now: datetime) -> None:
    load_bank("junior-core", organisation=organisation, now=now)
    path = edited(lambda questions: questions[0].update(kind="multiple", key={"options": ["licence"]}))
    with pytest.raises(KindChanged):
        load_bank(path, organisation=organisation, now=now)
    assert counts() == (12, 12, 12)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda questions: questions[0].update(key={"option": "lease"}), "questions.0"),
        (lambda questions: questions[0].update(hint="x"), "questions.0.hint"),
        (lambda questions: questions[0].pop("source"), "questions.0.source"),
        (lambda questions: questions[1].update(ref=questions[0]["ref"]), "two questions have one ref"),
        (lambda questions: questions[10].update(key={"value": "fifteen"}), "a number"),
        (lambda questions: questions[6].update(key={"options": []}), "multiple"),
        (lambda questions: questions[0].update(options=questions[0]["options"][:1]), "two options"),
        (lambda questions: questions.clear(), "questions"),
    ],
)
def test_a_wrong_bank_is_refused_with_the_place(change, said: str, edited, organisation, now: datetime) -> None:
    with pytest.raises(BankInvalid, match=said):
        load_bank(edited(change), organisation=organisation, now=now)
    assert counts() == (0, 0, 0)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"a: [1,"])
def test_what_cannot_be_read_at_all_is_said_so(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BankUnreadable, match=r"bank\.yaml"):
        read_bank(path)


def test_every_question_cites_a_law_by_article_and_speaks_both_languages() -> None:
    bank = read_bank("junior-core")
    assert len(bank.questions) == 12
    for item in bank.questions:
        assert "第" in item.source
        assert "条" in item.source
        assert item.stem_en
        assert item.explanation_en
        assert all(option.text_en for option in item.options)
    assert settings.REPO_DIR in DATA.parents
