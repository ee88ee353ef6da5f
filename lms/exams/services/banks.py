"""Banks of questions, begun by those who keep them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.models import QuestionBank
from lms.kernel.refusals import Conflict
from lms.records.services.audit import record

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation


class BankThere(Conflict):
    code = "bank-there"
    message = _("Your base already has a bank with the code “%(code)s”. Choose another one.")


@transaction.atomic
def create_bank(
    *, organisation: "Organisation", code: str, title: str, title_en: str = "", actor: str, now: datetime
) -> QuestionBank:
    """Begin a bank; its code is used once by an organisation."""
    bank, is_new = QuestionBank.objects.get_or_create(
        organisation=organisation, code=code, defaults={"title": title, "title_en": title_en, "created_at": now}
    )
    if not is_new:
        raise BankThere(code=code)
    record(
        action="exams.bank-created",
        actor=actor,
        subject=f"exams.bank:{bank.pk}",
        organisation=organisation.code,
        detail={"code": code},
        now=now,
    )
    return bank
