import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal

pytestmark = pytest.mark.unit


class SeatTaken(Conflict):
    code = "seat-taken"
    message = _("You may not do this.")


class TooShort(Refusal):
    code = "too-short"
    message = "%(given)s of %(wanted)s minutes"


def test_a_refusal_fills_its_sentence() -> None:
    assert str(TooShort(given=12, wanted=25)) == "12 of 25 minutes"


def test_a_refusal_speaks_the_language_of_the_moment() -> None:
    refusal = SeatTaken()
    with translation.override("en"):
        english = str(refusal)
    with translation.override("zh-hans"):
        chinese = str(refusal)
    assert (english, chinese) == ("You may not do this.", "你没有做这件事的权限。")


def test_kinds_of_refusal_carry_their_http_status() -> None:
    assert [kind.status for kind in (Refusal, NotAllowed, NotFound, Conflict)] == [400, 403, 404, 409]
