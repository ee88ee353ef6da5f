import pytest

from lms.accounts.models import Person
from lms.accounts.selectors.uids import uid_of, user_of
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db]


def test_a_uid_is_spelt_in_a_query_as_python_spells_it() -> None:
    person = PersonFactory()
    row = Person.objects.annotate(spelt=uid_of(person.pk), signs_in=user_of(person.pk)).get(pk=person.pk)
    assert (row.spelt, row.signs_in) == (str(person.uid), person.user_id)
