import pytest

from lms.exams.services import banks
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]
ANNA = "user:1"


def test_a_bank_code_is_used_once_by_a_base(now) -> None:
    base = OrganisationFactory()
    banks.create_bank(organisation=base, code="junior", title="初级", actor=ANNA, now=now)
    with pytest.raises(banks.BankThere):
        banks.create_bank(organisation=base, code="junior", title="初级", actor=ANNA, now=now)
