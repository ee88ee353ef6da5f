import pytest

from lms.mailing.selectors.refused import refused_mails
from tests.factories.accounts import UserFactory
from tests.factories.mailing import MessageFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_refused_mails_are_for_who_runs_the_platform(django_assert_num_queries) -> None:
    MessageFactory.create_batch(6, state="refused", problem="550 no such user")
    MessageFactory()
    operator, reader = UserFactory(is_superuser=True), UserFactory()
    own = MessageFactory(to=reader.email, state="refused")
    with django_assert_num_queries(1):
        found = refused_mails(operator)
    assert (len(found.first), found.count, found.first[0]) == (4, 7, own)
    assert (refused_mails(reader).first, refused_mails(UserFactory()).count) == ((own,), 0)
