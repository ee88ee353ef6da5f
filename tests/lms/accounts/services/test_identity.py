from datetime import date

import pytest
from django.db import connection
from django.utils.translation import override

from lms.accounts.enums import IdentityKind
from lms.accounts.models import Person
from lms.accounts.services.identity import (
    IdentityDiffers,
    IdentityMissing,
    IdentityTaken,
    ReasonMissing,
    correct_identity,
    reveal,
    set_identity,
)
from lms.accounts.validators import WrongCheckDigit, compose_identity_number
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

NUMBER = compose_identity_number(region="990101", born=date(1990, 5, 26), order=17)
OTHER = compose_identity_number(region="990101", born=date(1988, 2, 29), order=42)


def acts() -> list[tuple[str, str, dict]]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", "actor", "detail"))


def test_the_number_is_kept_without_a_plain_copy_anywhere_in_the_row(now) -> None:
    person = set_identity(person=PersonFactory(), number=NUMBER, actor="user:1", now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_person")
        row = cursor.fetchone()
    assert not any(NUMBER in str(bytes(value) if isinstance(value, memoryview) else value) for value in row)
    assert person.masked_identity == f"**************{NUMBER[-4:]}"


def test_setting_and_reading_stand_in_the_audit_book_and_the_number_does_not(now) -> None:
    person = set_identity(person=PersonFactory(), number=NUMBER, actor="user:1", now=now)
    assert reveal(person=person, actor="user:2", reason="compare with the card", now=now) == NUMBER
    assert acts() == [
        ("accounts.identity.set", "user:1", {"kind": "resident"}),
        ("accounts.identity.reveal", "user:2", {"reason": "compare with the card"}),
    ]


def test_reading_needs_a_reason_and_a_number(now) -> None:
    person = PersonFactory()
    with pytest.raises(IdentityMissing):
        reveal(person=person, actor="user:2", reason="look", now=now)
    set_identity(person=person, number=NUMBER, actor="user:1", now=now)
    with pytest.raises(ReasonMissing):
        reveal(person=person, actor="user:2", reason="  ", now=now)
    assert [action for action, _actor, _detail in acts()] == ["accounts.identity.set"]


@pytest.mark.db
def test_one_number_belongs_to_one_person_and_the_refusal_does_not_say_to_whom(now) -> None:
    owner = set_identity(person=PersonFactory(real_name="吕雪琴"), number=NUMBER, actor="user:1", now=now)
    with pytest.raises(IdentityTaken) as refusal:
        set_identity(person=PersonFactory(), number=NUMBER, actor="user:1", now=now)
    for language in ("en", "zh-hans"):
        with override(language):
            for secret in (owner.real_name, owner.user.email, NUMBER, NUMBER[-4:]):
                assert secret not in str(refusal.value)
    assert Person.objects.filter(identity_hash__isnull=False).count() == 1


def test_the_same_digits_on_another_kind_of_paper_are_another_number(now) -> None:
    digits = "12345678"
    first = set_identity(person=PersonFactory(), number=digits, kind=IdentityKind.PASSPORT, actor="user:1", now=now)
    second = set_identity(person=PersonFactory(), number=digits, kind=IdentityKind.HMT_PERMIT, actor="user:1", now=now)
    assert first.identity_hash != second.identity_hash


def test_the_same_number_again_changes_nothing(now) -> None:
    person = set_identity(person=PersonFactory(), number=NUMBER, actor="user:1", now=now)
    cipher = bytes(person.identity_cipher)
    set_identity(person=person, number=NUMBER.lower(), actor="user:1", now=now)
    assert bytes(Person.objects.get().identity_cipher) == cipher
    assert len(acts()) == 1


def test_another_number_needs_a_correction_with_its_reason(now) -> None:
    person = set_identity(person=PersonFactory(), number=NUMBER, actor="user:1", now=now)
    with pytest.raises(IdentityDiffers):
        set_identity(person=person, number=OTHER, actor="user:1", now=now)
    words = {"person": person, "number": OTHER, "kind": IdentityKind.RESIDENT, "actor": "user:3", "now": now}
    with pytest.raises(ReasonMissing):
        correct_identity(reason="", **words)
    correct_identity(reason="card compared on site", **words)
    assert reveal(person=person, actor="user:3", reason="check", now=now) == OTHER
    assert acts()[1] == (
        "accounts.identity.correct",
        "user:3",
        {"kind": "resident", "reason": "card compared on site"},
    )


def test_a_wrong_number_leaves_nothing_behind(now) -> None:
    person = PersonFactory()
    with pytest.raises(WrongCheckDigit):
        set_identity(person=person, number=NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"), actor="user:1", now=now)
    person.refresh_from_db()
    assert (person.identity_hash, person.identity_tail, acts()) == (None, "", [])
