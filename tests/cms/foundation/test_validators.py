import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.foundation.validators import refuse_taken_address
from cms.pages.models import StandardPage
from tests.factories import pages as make
from tests.factories.accounts import PersonFactory


@pytest.mark.unit
@pytest.mark.parametrize("slug", ["verify", "me", "desk", "exams", "cms-admin", "healthz"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_address_of_the_platform_is_not_free(slug: str, language: str) -> None:
    with translation.override(language), pytest.raises(ValidationError):
        refuse_taken_address(slug)


@pytest.mark.unit
@pytest.mark.parametrize("slug", ["about", "contact", "山路", "verify-it"])
def test_any_other_address_is(slug: str) -> None:
    refuse_taken_address(slug)


@pytest.mark.face
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "words"), [("verify", "这个地址由平台自己使用"), ("about", "about"), ("a b", "Unicode")]
)
def test_an_editor_hears_what_is_wrong_with_an_address(client: Client, slug: str, words: str) -> None:
    make.standard_page("about")
    client.force_login(PersonFactory(user__is_staff=True, user__is_superuser=True).user)
    form = {"title": "新页面", "slug": slug, "body-count": "0", "body_en-count": "0"}

    answer = client.post(reverse("wagtailadmin_pages:add", args=["pages", "standardpage", make.home().pk]), form)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert StandardPage.objects.count() == 1
