import pytest

from courses.models import Announcement, Reply, Thread
from lms.cohorts.enums import Role
from lms.demo import cast
from lms.demo.talking import let_them_talk
from lms.mailing.selectors.notices import notices_of
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_what_is_said_is_said_once_and_not_before_somebody_studies(now) -> None:
    trainer, learner = PersonFactory(user__email=cast.DESKS[0].email), PersonFactory(user__email=cast.TRAINEE.email)
    course = published_course()
    RoleGrantFactory(user=trainer.user, organisation=course.organisation, role=Role.TRAINER)
    let_them_talk(now=now)
    assert Thread.objects.count() == 0
    enrolment_of(learner, course)
    for _ in range(2):
        let_them_talk(now=now)
    assert [thread.accepted_id is not None for thread in Thread.objects.order_by("pk")] == [True, False]
    assert (Reply.objects.count(), Announcement.objects.count()) == (1, 1)
    assert [notice.kind for notice in notices_of(learner.user)].count("announced") == 1
