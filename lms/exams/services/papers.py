"""Papers: drawn from a bank by an exam's blueprint before the bell, and never edited."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lms.exams.models import CaseVersion, Exam, Paper, QuestionUse
from lms.exams.selectors.bank import current_versions
from lms.exams.services.drawing import Exposure, draw_items
from lms.exams.services.fingerprint import fingerprint
from lms.records.services import audit


def _exposure(exam: Exam, expected: int) -> Exposure:
    uses = dict(QuestionUse.objects.filter(exam=exam).values_list("version", "papers"))
    return Exposure(papers=uses, expected=max(expected, exam.papers.count() + 1), percent=exam.exposure_percent)


def _count_uses(exam: Exam, versions: Iterable[int]) -> None:
    versions = list(versions)
    QuestionUse.objects.bulk_create(
        (QuestionUse(exam=exam, version_id=version) for version in versions), ignore_conflicts=True
    )
    QuestionUse.objects.filter(exam=exam, version__in=versions).update(papers=F("papers") + 1)


def cases_of(bank_id: int) -> dict[int, int]:
    """The newest version of every case of a bank."""
    rows = CaseVersion.objects.filter(case_set__bank=bank_id).order_by("no").values_list("case_set", "pk")
    return dict(rows)


@transaction.atomic
def build_paper(
    *, exam: Exam, seed: str, now: datetime, expected: int = 1, seen: frozenset[int] = frozenset()
) -> Paper:
    """The paper that `seed` draws; asked again, the one that is there.

    `expected` is how many papers the exam will have in all, for the bound on exposure; `seen` are question
    versions that its person has met before and meets again only if the bank has no others.
    """
    there = Paper.objects.filter(exam=exam, seed=seed).first()
    if there:
        return there
    versions = list(current_versions(exam.bank_id))
    exposure = _exposure(exam, expected)
    exposure.seen = seen
    items = draw_items(
        blueprint=exam.blueprint, versions=versions, seed=seed, cases=cases_of(exam.bank_id), exposure=exposure
    )
    hashes = {version.pk: version.content_hash for version in versions}
    printed = [{**item, "version": hashes[item["version"]]} for item in items]
    paper, is_new = Paper.objects.get_or_create(
        exam=exam,
        seed=seed,
        defaults={"items": items, "hash": fingerprint({"schema": 1, "items": printed}), "created_at": now},
    )
    if is_new:
        _count_uses(exam, (item["version"] for item in items))
    return paper


@transaction.atomic
def record_print(*, paper: Paper, printed_by: str, now: datetime) -> None:
    """Put on record that somebody had a paper before them to print; call it with the page that shows it."""
    audit.record(
        action="exams.paper-printed",
        actor=printed_by,
        subject=f"exams.paper:{paper.pk}",
        organisation=paper.exam.organisation.code,
        detail={"exam": paper.exam.code, "hash": paper.hash},
        now=now,
    )
