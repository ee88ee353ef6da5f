import pytest
from django.test import Client, override_settings
from wagtail.models import Site

from cms.foundation.models import OperatorSettings

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def _keep(**words: str) -> None:
    OperatorSettings.objects.create(site=Site.objects.get(is_default_site=True), **words)


def test_the_foot_names_the_operator_in_both_languages(client: Client) -> None:
    _keep(name="汾川技桥服务中心", name_en="Fenchuan Jiqiao Service", contact="工作日 8:30–17:30（北京时间）")
    assert "运营方：汾川技桥服务中心" in client.get("/").text
    english = client.get("/en/").text
    assert "Operated by Fenchuan Jiqiao Service" in english
    assert "8:30–17:30" not in english


def test_a_demonstration_without_an_operator_says_that_nobody_runs_it(client: Client) -> None:
    assert "演示运营方（虚构）" in client.get("/").text


@override_settings(JIQIAO_DEMO=False)
def test_what_is_not_known_stays_unsaid(client: Client) -> None:
    page = client.get("/").text
    assert "运营方" not in page
    assert "本站不是政府网站" in page


def test_a_visit_writes_no_setting(client: Client) -> None:
    client.get("/")
    assert not OperatorSettings.objects.exists()
