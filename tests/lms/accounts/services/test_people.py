from datetime import date

import pytest
from allauth.account.models import EmailAddress

from lms.accounts.models import Person, User
from lms.accounts.services.identity import IdentityTaken, ReasonMissing
from lms.accounts.services.people import MailTaken, NameMissing, attach_person, change_name, register_person
from lms.accounts.validators import compose_identity_number
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory, UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

NUMBER = compose_identity_number(region="990101", born=date(1990, 5, 26), order=17)


def test_a_registered_person_has_a_user_a_name_and_a_number(now) -> None:
    person = register_person(
        email="Lyu.Xueqin@Jiqiao.example",
        real_name=" 吕雪琴 ",
        latin_name="LYU Xueqin",
        identity_number=NUMBER,
        language="en",
        password="bridge-over-valley",
        now=now,
    )
    user = person.user
    assert (person.real_name, person.latin_name, person.identity_tail) == ("吕雪琴", "LYU Xueqin", NUMBER[-4:])
    assert (user.email, user.language) == ("lyu.xueqin@jiqiao.example", "en")
    assert user.check_password("bridge-over-valley")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "accounts.person.register",
        "accounts.identity.set",
    ]


@pytest.mark.parametrize(("password", "verified"), [("bridge-over-valley", True), (None, False)])
def test_who_hands_out_a_password_vouches_for_the_address(password, verified, now) -> None:
    person = register_person(email="a@jiqiao.example", real_name="冯洁", password=password, now=now)
    assert person.user.has_usable_password() is verified
    assert EmailAddress.objects.get(user=person.user).verified is verified


def test_an_address_in_other_capitals_is_taken(now) -> None:
    register_person(email="feng.jie@jiqiao.example", real_name="冯洁", now=now)
    with pytest.raises(MailTaken):
        register_person(email="Feng.Jie@jiqiao.example", real_name="冯洁", now=now)
    assert User.objects.count() == 1


def test_a_taken_number_registers_nobody(now) -> None:
    register_person(email="a@jiqiao.example", real_name="冯洁", identity_number=NUMBER, now=now)
    with pytest.raises(IdentityTaken):
        register_person(email="b@jiqiao.example", real_name="高志远", identity_number=NUMBER, now=now)
    assert list(User.objects.values_list("email", flat=True)) == ["a@jiqiao.example"]


def test_nobody_is_without_a_name(now) -> None:
    with pytest.raises(NameMissing):
        register_person(email="a@jiqiao.example", real_name="  ", now=now)
    assert User.objects.count() == 0


def test_a_sign_in_keeps_the_person_it_has(now) -> None:
    user = UserFactory()
    first = attach_person(user=user, real_name="任建国", now=now)
    assert attach_person(user=user, real_name="别人", now=now) == first
    assert Person.objects.get().real_name == "任建国"


def test_a_new_name_needs_a_reason_that_stays(now) -> None:
    person = PersonFactory(real_name="郝永强")
    with pytest.raises(ReasonMissing):
        change_name(person=person, real_name="郝勇强", latin_name="", reason="", actor="user:1", now=now)
    change_name(
        person=person, real_name="郝勇强", latin_name="HAO Yongqiang", reason="misspelt", actor="user:1", now=now
    )
    person.refresh_from_db()
    assert (person.real_name, person.latin_name) == ("郝勇强", "HAO Yongqiang")
    assert AuditEvent.objects.get().detail == {"reason": "misspelt"}
