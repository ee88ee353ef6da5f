"""A bank as a command names it."""

from django.utils.translation import gettext_lazy as _

from lms.exams.models import QuestionBank
from lms.kernel.refusals import NotFound, Refusal


class NoSuchBank(NotFound):
    code = "no-such-bank"
    message = _("There is no question bank with the code “%(code)s”.")


class BankCodeAmbiguous(Refusal):
    """Two organisations use the code; one has to be named."""

    code = "bank-code-ambiguous"
    message = _("More than one organisation has a bank “%(code)s”. Name one with --organisation: %(choices)s.")


def bank_named(code: str, organisation: str = "") -> QuestionBank:
    """The bank with this code, of the organisation with that code where two have one."""
    banks = QuestionBank.objects.filter(code=code).select_related("organisation").order_by("organisation__code")
    found = list(banks.filter(organisation__code=organisation) if organisation else banks)
    if not found:
        raise NoSuchBank(code=code)
    if len(found) > 1:
        raise BankCodeAmbiguous(code=code, choices=", ".join(bank.organisation.code for bank in found))
    return found[0]
