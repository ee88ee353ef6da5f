"""The demonstration is the same each time, and never among real people."""

import pytest
from django.apps import apps
from django.test import Client

from cms.pages.models import NewsPage
from lms.accounts.models import User
from lms.accounts.selectors.users import user_by_mail
from lms.demo import cast
from lms.demo.seeding import NotADemonstration, seed_demo
from lms.desks.selectors.editing import pages_to_review

pytestmark = [pytest.mark.room, pytest.mark.django_db(transaction=True)]


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "wagtailsearch", "contenttypes", "auth")
    }


def test_filling_the_demonstration_twice_changes_nothing(demonstration, now) -> None:
    after_first = rows()
    second = seed_demo(now=now)
    assert rows() == after_first
    people = {login["email"]: user_by_mail(login["email"]) for login in second.logins}
    assert all(user and user.check_password(cast.PASSWORD) for user in people.values()), people


def test_a_draft_of_the_editor_waits_for_the_reviewer(demonstration) -> None:
    (waiting,) = pages_to_review()
    page = NewsPage.objects.get(title=waiting.title)
    assert waiting.in_review
    assert not page.live
    assert page.current_workflow_state.requested_by.email == cast.EDITOR.email
    assert waiting.title not in Client().get("/news/").content.decode()


def test_every_address_of_the_demonstration_ends_in_example(demonstration) -> None:
    addresses = set(User.objects.values_list("email", flat=True))
    assert len(addresses) > len(cast.LEARNERS)
    assert all(address.endswith(".example") for address in addresses), addresses


def test_invented_people_are_not_mixed_with_real_ones(now, settings) -> None:
    settings.JIQIAO_DEMO = False
    with pytest.raises(NotADemonstration):
        seed_demo(now=now)
    assert apps.get_model("accounts.Person").objects.count() == 0
