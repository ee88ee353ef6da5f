import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from lms.cohorts.enums import Role
from lms.desks.chrome import Chrome
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _chrome(user, session: dict[str, str] | None = None) -> Chrome:
    request = RequestFactory().get("/desk/")
    request.user, request.session = user, session or {}
    return Chrome.of(request)


def _read(chrome: Chrome) -> tuple[str, list[str], int]:
    return chrome.person, [hat.role for hat in chrome.hats], len(chrome.rail)


def test_a_visitor_costs_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert _read(_chrome(AnonymousUser())) == ("", [], 0)
        assert _chrome(AnonymousUser()).hat is None


def test_a_signed_in_person_costs_two_questions(django_assert_num_queries) -> None:
    person = PersonFactory(real_name="段文博")
    RoleGrantFactory.create_batch(3, user=person.user)
    chrome = _chrome(person.user)
    with django_assert_num_queries(2):
        assert _read(chrome) == ("段文博", ["学员", "教务", "教务", "教务"], 3)
        assert _read(chrome)[0] == "段文博"


def test_view_and_template_share_one_frame() -> None:
    request = RequestFactory().get("/desk/")
    assert Chrome.of(request) is Chrome.of(request)


def test_a_sign_in_without_a_person_is_called_by_its_mail() -> None:
    assert _chrome(UserFactory(email="root@jiqiao.example")).person == "root@jiqiao.example"


def test_the_hat_that_the_session_names_is_on() -> None:
    person = PersonFactory()
    base = OrganisationFactory(name="汾川基地", name_en="Fenchuan base")
    grant = RoleGrantFactory(user=person.user, organisation=base, role=Role.CERTIFIER)
    on = _chrome(person.user, {"role": str(grant.pk)}).hat
    assert (on.key, on.organisation, on.current) == (str(grant.pk), "汾川基地", True)
    with translation.override("en"):
        assert _chrome(person.user, {"role": "trainee"}).hat.role == "Trainee"
        assert _chrome(person.user).hat.organisation == "Fenchuan base"


def test_what_waits_for_somebody_stands_in_the_rail_and_nothing_else_does() -> None:
    user = PersonFactory().user
    RoleGrantFactory(user=user, role=Role.CERTIFIER)
    chrome = _chrome(user)
    chrome.must_act("desks:desk", 0)
    chrome.must_act("certificates:decisions", 25, more=True)
    waiting = {entry.url: entry.count for group in chrome.rail for entry in group.entries if entry.count}
    assert waiting == {"/base/decisions/": "25+"}
    assert chrome.rail[0].entries[0].url == "/desk/"
