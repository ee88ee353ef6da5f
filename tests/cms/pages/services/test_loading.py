from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site, Workflow

from cms.foundation.enums import EnglishState
from cms.foundation.models import OperatorSettings
from cms.foundation.selectors.translating import waiting_for_english
from cms.foundation.services.editing import WORKFLOW
from cms.pages.models import GlossaryTerm, HelpPage, LegalVersion, NewsPage, PolicyPage, TrainingBasePage
from cms.pages.services import loading
from cms.pages.services.loading import load_site
from cms.pages.services.site_texts import PageText, page_texts
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

FEW = ("help", "help/first-simulation", "help/simulation-score", "news", "news/trial-players-wanted", "legal")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of a few pages, so that loading takes a moment; words and rules are those of the whole."""

    def some(*, invented: bool) -> Iterator[PageText]:
        return (text for text in page_texts(invented=invented) if text.key in FEW or text.key.startswith("legal/"))

    monkeypatch.setattr(loading, "page_texts", some)


def score_page() -> HelpPage:
    return HelpPage.objects.get(slug="simulation-score")


def test_the_whole_site_of_a_demonstration(now: datetime, settings) -> None:
    settings.JIQIAO_DEMO = True
    OrganisationFactory(code="FCBA")

    done = load_site(now=now)

    assert done.edited == []
    assert done.unchanged == []
    assert {page.slug for page in Site.objects.get().root_page.get_children()} == {
        *("levels", "simulations-explained", "policies", "bases", "news", "help"),
        *("glossary", "about", "legal", "courses"),
    }
    assert Page.objects.get(slug="levels").get_next_sibling().slug == "courses"
    assert PolicyPage.objects.live().count() >= 20
    assert GlossaryTerm.objects.count() >= 60
    assert list(TrainingBasePage.objects.values_list("organisation__code", flat=True)) == ["FCBA"]
    waiting = NewsPage.objects.get(slug="trial-players-wanted")
    assert waiting_for_english() == {waiting.pk: EnglishState.MISSING}
    assert "虚构" in OperatorSettings.objects.get().name


@pytest.mark.usefixtures("few")
class TestAgain:
    def test_loading_again_changes_nothing(self, now: datetime) -> None:
        first = load_site(now=now)
        before = list(Page.objects.values_list("pk", "latest_revision_created_at", "last_published_at"))

        again = load_site(now=now)

        assert (again.written, again.edited) == ([], [])
        assert sorted(again.unchanged) == sorted(first.written)
        assert list(Page.objects.values_list("pk", "latest_revision_created_at", "last_published_at")) == before
        assert Workflow.objects.filter(name=WORKFLOW).count() == 1

    def test_what_an_editor_changed_stays(self, now: datetime) -> None:
        load_site(now=now)
        page = score_page()
        page.summary = "编辑写的一句"
        page.save_revision(user=PersonFactory().user).publish()

        done = load_site(now=now)

        assert done.edited == ["help/simulation-score"]
        assert score_page().summary == "编辑写的一句"

    def test_a_draft_an_unpublished_and_a_deleted_page_stay_as_the_editor_left_them(self, now: datetime) -> None:
        load_site(now=now)
        score_page().save_revision(user=PersonFactory().user)
        score_page().unpublish()
        NewsPage.objects.get().delete()

        done = load_site(now=now)

        assert sorted(done.edited) == ["help/simulation-score", "news/trial-players-wanted"]
        assert not score_page().live
        assert not NewsPage.objects.exists()

    def test_a_file_that_says_something_new_is_published_where_nobody_changed_anything(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load_site(now=now)
        read_file = loading.read_file
        term = {**read_file("glossary")["terms"][0], "definition": "新的说法。"}
        files = {"glossary": {**read_file("glossary"), "terms": [term]}}
        monkeypatch.setattr(loading, "read_file", lambda kind: files.get(kind) or read_file(kind))

        done = load_site(now=now)

        assert done.written == [f"glossary/{term['zh']}"]
        assert GlossaryTerm.objects.get(term=term["zh"]).definition == "新的说法。"

    def test_a_term_that_an_editor_put_better_stays(self, now: datetime) -> None:
        load_site(now=now)
        GlossaryTerm.objects.filter(term="中试").update(definition="编辑的说法。")

        assert load_site(now=now).edited == ["glossary/中试"]

    def test_a_version_of_a_legal_text_is_loaded_once_and_never_touched(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load_site(now=now)
        words = dict(LegalVersion.objects.values_list("page__slug", "changes"))
        read_file = loading.read_file
        later = {"pages": [{**text, "changes": "改过的一句"} for text in read_file("legal")["pages"]]}
        monkeypatch.setattr(loading, "read_file", lambda kind: later if kind == "legal" else read_file(kind))

        load_site(now=now)

        assert set(words) == {"privacy", "terms", "accessibility"}
        assert dict(LegalVersion.objects.values_list("page__slug", "changes")) == words

    def test_links_between_pages_follow_the_page(self, now: datetime) -> None:
        load_site(now=now)
        first = HelpPage.objects.get(slug="first-simulation")

        assert f'<a linktype="page" id="{score_page().pk}">' in first.body[1].value.source

    def test_a_real_site_gets_no_invented_operator_news_or_base(self, now: datetime, settings) -> None:
        settings.JIQIAO_DEMO = False
        OrganisationFactory(code="FCBA")

        load_site(now=now)

        assert not OperatorSettings.objects.exclude(name="").exists()
        assert not TrainingBasePage.objects.exists()
        assert "news/open-demonstration" not in {text.key for text in page_texts(invented=False)}

    def test_the_command_counts_what_it_did(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("load_site")

        assert capsys.readouterr().out.split()[::2] == ["written", "unchanged", "edited"]
