"""Which pages wait for their English, and which pages lead to a page."""

from django.apps import apps
from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex

from cms.foundation.enums import EnglishState
from cms.foundation.models import BasePage


def waiting_for_english() -> dict[int, EnglishState]:
    """Every page whose English is missing or older than its Chinese, by its id: one query a kind of page."""
    waiting: dict[int, EnglishState] = {}
    for model in apps.get_models():
        if issubclass(model, BasePage):
            pages = model._default_manager.exclude(english_state=EnglishState.COMPLETE)  # noqa: SLF001 -- public in Django
            waiting |= {pk: EnglishState(state) for pk, state in pages.values_list("pk", "english_state")}
    return waiting


def pages_that_lead_to(page: Page) -> QuerySet[Page]:
    """Live pages that link to `page`, by title; taken from the reference index."""
    ids = {
        int(reference.object_id)
        for reference in ReferenceIndex.get_references_to(page)
        if issubclass(reference.base_content_type.model_class() or object, Page)
    }
    return Page.objects.live().filter(pk__in=ids - {page.pk}).order_by("title")
