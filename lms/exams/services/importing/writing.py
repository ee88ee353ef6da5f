"""Carrying out an import: every right question becomes a draft, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lms.exams.models import CaseSet, CaseVersion, QuestionBank
from lms.exams.services.drafting import keep_draft
from lms.exams.services.fingerprint import fingerprint
from lms.records.services import audit

from .gathering import Entry
from .pictures import Pictures
from .planning import Plan, Status, Verdict, case_body, plan_import

_WRITTEN = (Status.CREATED, Status.UPDATED)


@transaction.atomic
def carry_out_import(*, bank: QuestionBank, entries: Sequence[Entry], actor: str, now: datetime) -> Plan:
    """Write every right question as a draft; answers what was done with each.

    Questions in error are left for another time, questions missing from the file stay, and the same file
    again changes nothing. The verdicts are made anew under a lock, so that an old preview does no harm.
    """
    held = QuestionBank.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=bank.pk)
    plan = plan_import(bank=held, entries=entries)
    pictures = plan.pictures
    for verdict in plan.verdicts:
        if verdict.entry.case_text is not None and verdict.status in _WRITTEN:
            _write_case(held, verdict.entry, pictures, actor, now)
    cases = {case_set.ref: case_set for case_set in CaseSet.objects.filter(bank=held)}
    for verdict in plan.verdicts:
        if verdict.item is not None and verdict.status in _WRITTEN:
            _write(held, verdict, cases, pictures, actor, now)
    audit.record(
        action="exams.questions-imported",
        actor=actor,
        subject=f"exams.bank:{held.pk}",
        organisation=held.organisation.code,
        detail={"counts": plan.counts},
        now=now,
    )
    return plan


def _write_case(bank: QuestionBank, entry: Entry, pictures: Pictures, actor: str, now: datetime) -> None:
    text = dict(entry.case_text or {})
    text["figures"] = pictures.kept(text["figures"], ref=entry.ref, actor=actor, now=now)
    case_set, _is_new = CaseSet.objects.get_or_create(bank=bank, ref=entry.ref)
    newest = case_set.versions.order_by("-no").first()
    no, body = (newest.no + 1 if newest else 1), case_body(text)
    owner = f"{bank.organisation.code}/{bank.code}"
    content_hash = fingerprint({"owner": owner, "case": entry.ref, "no": no, "body": body})
    CaseVersion.objects.create(case_set=case_set, no=no, body=body, content_hash=content_hash, created_at=now)


def _write(
    bank: QuestionBank, verdict: Verdict, cases: dict[str, CaseSet], pictures: Pictures, actor: str, now: datetime
) -> None:
    item, case_set = verdict.item, cases.get(verdict.entry.case)
    if item is None:
        return
    if item.figures:
        uids = pictures.kept(item.figures, ref=item.ref, actor=actor, now=now)
        item = item.model_copy(update={"figures": uids})
    place = None
    if case_set:
        last = case_set.questions.order_by("-case_place").first()
        place = ((last.case_place if last else 0) or 0) + 1
    keep_draft(
        bank=bank,
        item=item,
        actor=actor,
        now=now,
        module=verdict.module,
        case_set=case_set,
        case_place=place,
    )
