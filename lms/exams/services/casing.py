"""Cases: the text that several questions share. A new wording is drawn from the next paper on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.models import CaseSet, CaseVersion, QuestionBank, QuestionFigure
from lms.exams.services.drafting import FigureUnknown
from lms.exams.services.fingerprint import fingerprint
from lms.kernel.refusals import Conflict
from lms.records.services.audit import record

WORDS = ("title", "title_en", "text", "text_en")


class CaseThere(Conflict):
    code = "case-there"
    message = _("The bank already has a case with the short name “%(ref)s”. Choose another one.")


class CaseChanged(Conflict):
    code = "case-changed"
    message = _("Somebody saved this case after you opened it, perhaps you in another window. Nothing was overwritten.")


@transaction.atomic
def create_case(*, bank: QuestionBank, ref: str, said: Mapping[str, Any], actor: str, now: datetime) -> CaseSet:
    """Begin a case with its text; its questions are written one by one."""
    case_set, is_new = CaseSet.objects.get_or_create(bank=bank, ref=ref)
    if not is_new:
        raise CaseThere(ref=ref)
    _word(case_set, said, no=1, actor=actor, now=now)
    return case_set


@transaction.atomic
def word_case(*, case_set: CaseSet, said: Mapping[str, Any], seen: str, actor: str, now: datetime) -> CaseVersion:
    """Give a case a new text, if the newest is still the one that was `seen` (its hash); the same text is no news."""
    CaseSet.objects.select_for_update().get(pk=case_set.pk)
    newest = case_set.versions.order_by("-no").first()
    if newest is None or newest.content_hash != seen:
        raise CaseChanged
    if newest.body == _body(said):
        return newest
    return _word(case_set, said, no=newest.no + 1, actor=actor, now=now)


def _body(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"schema": 1, **{name: said[name] for name in WORDS if said.get(name)}, "figures": said.get("figures", [])}


def _word(case_set: CaseSet, said: Mapping[str, Any], *, no: int, actor: str, now: datetime) -> CaseVersion:
    bank, body = case_set.bank, _body(said)
    known = QuestionFigure.objects.filter(bank=bank, uid__in=body["figures"]).count()
    if known != len(body["figures"]):
        raise FigureUnknown(ref=case_set.ref)
    owner = f"{bank.organisation.code}/{bank.code}"
    version = CaseVersion.objects.create(
        case_set=case_set,
        no=no,
        body=body,
        content_hash=fingerprint({"owner": owner, "case": case_set.ref, "no": no, "body": body}),
        created_at=now,
    )
    record(
        action="exams.case-worded",
        actor=actor,
        subject=f"exams.case:{case_set.pk}",
        organisation=bank.organisation.code,
        detail={"ref": case_set.ref, "no": no},
        now=now,
    )
    return version
