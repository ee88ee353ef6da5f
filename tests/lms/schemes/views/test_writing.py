import pytest
from django.test import Client

from lms.schemes.models import SchemeVersion
from lms.schemes.services.drafting import draft_from
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def draft(now) -> SchemeVersion:
    return draft_from(version=load_scheme("ttm-2026-2", now=now), drafted_by=UserFactory(is_superuser=True), now=now)


@pytest.fixture
def staff(clock) -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def _exam(**said) -> dict[str, object]:
    words = {"title": "等级考试", "title_en": "Level exam", "source": "自定", "source_en": "Own"}
    return {"revision": 0, "code": "exam", "fact": "exam", "refs": "junior", "at_least": "65", **words, **said}


def test_a_rule_is_changed_by_a_plain_form(draft, staff) -> None:
    answer = staff.post(f"/desk/schemes/{draft.pk}/junior/rules/3/", _exam(after="course"))
    assert answer["Location"] == f"/desk/schemes/{draft.pk}/#junior"
    exam = draft.levels.get(code="junior").requirements["children"][3]
    assert (exam["at_least"], exam["after"], exam["refs"]) == ("65", ["course"], ["junior"])
    assert "65 分以上（满分 100）" in staff.get(f"/desk/schemes/{draft.pk}/").text


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"code": "Exam 1"}, "code", "A code is made of small letters, digits and hyphens, such as hours-total."),
        ({"code": "identity"}, "code", "The code identity is used twice in this tree. Choose another one."),
        ({"refs": "master"}, "refs", "Of this kind there is no “master”; there are: junior, intermediate, senior."),
        ({"at_least": ""}, "at_least", "This kind of requirement needs this figure."),
        ({"count": "2"}, "count", "This kind of requirement does not have this figure; leave it empty."),
        (
            {"after": "exam"},
            "after",
            "What comes before exam is not in this tree, or waits for exam itself.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_at_its_field(draft, staff, said, field, sentence) -> None:
    before = draft.levels.get(code="junior").requirements
    answer = staff.post(f"/en/desk/schemes/{draft.pk}/junior/rules/3/", _exam(**said))
    assert answer.status_code == 400
    assert answer.context["form"].errors[field] == [sentence]
    assert draft.levels.get(code="junior").requirements == before


def test_the_second_of_two_tabs_is_refused_kindly(draft, staff) -> None:
    address = f"/desk/schemes/{draft.pk}/junior/rules/3/"
    assert staff.post(address, _exam()).status_code == 302
    late = staff.post(address, _exam(at_least="90"))
    assert late.status_code == 409
    assert "没有内容被覆盖" in late.text
    told = staff.post(address, {"revision": 0, "act": "remove"}, follow=True)
    assert "没有内容被覆盖" in told.text
    assert draft.levels.get(code="junior").requirements["children"][3]["at_least"] == "65"


def test_a_published_version_has_no_page_to_change_it(draft, staff) -> None:
    published = draft.drafting.based_on
    for part in ("facts/", "study-rules/", "junior/rules/3/", "junior/rules/add/", "junior/topics/ip-basics/"):
        assert staff.get(f"/desk/schemes/{published.pk}/{part}").status_code == 404
    assert "以本版起草新版" in staff.get(f"/desk/schemes/{published.pk}/").text


@pytest.mark.parametrize("address", ["junior/rules/9/", "junior/rules/x/", "master/rules/0/", "junior/topics/none/"])
def test_what_is_not_there_is_not_found(draft, staff, address) -> None:
    assert staff.get(f"/desk/schemes/{draft.pk}/{address}").status_code == 404


def test_the_longest_wait_for_a_presence_question_is_not_shorter_than_the_shortest(draft, staff) -> None:
    page = staff.get(f"/en/desk/schemes/{draft.pk}/study-rules/")
    said = {name: page.context["form"].initial[name] for name in page.context["form"].fields}
    answer = staff.post(f"/en/desk/schemes/{draft.pk}/study-rules/", said | {"presence_to_s": 300})
    assert answer.context["form"].errors["presence_to_s"] == ["The longest time must not be shorter than the shortest."]
