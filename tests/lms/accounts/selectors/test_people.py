import pytest
from django.contrib.auth.models import AnonymousUser

from lms.accounts.selectors.people import people_by_mail, person_of
from lms.accounts.selectors.users import mails_in_use, user_by_mail
from tests.factories.accounts import PersonFactory, UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_people_are_found_by_mail_in_one_query(django_assert_num_queries) -> None:
    people = PersonFactory.create_batch(3)
    asked = [person.user.email.upper() for person in people[:2]] + ["nobody@jiqiao.example"]
    with django_assert_num_queries(1):
        found = people_by_mail(asked)
    assert found == {person.user.email: person for person in people[:2]}


def test_a_sign_in_without_a_person_still_uses_its_address() -> None:
    user = UserFactory(email="root@jiqiao.example")
    assert people_by_mail([user.email]) == {}
    assert mails_in_use([user.email, "free@jiqiao.example"]) == {user.email}
    assert user_by_mail(" Root@jiqiao.example ") == user


def test_the_person_behind_a_sign_in() -> None:
    person = PersonFactory()
    assert person_of(person.user) == person
    assert person_of(UserFactory()) is None
    assert person_of(AnonymousUser()) is None
