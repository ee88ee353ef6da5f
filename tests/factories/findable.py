"""Pages that a visitor can find, made as an editor would: published, in both languages."""

from typing import Any

from wagtail.models import Site

from cms.pages.models import StandardPage

TEXT = "深度学习模型需要大量训练数据，数据从哪里来，决定了许可的范围。"
TEXT_EN = "Deep learning needs large amounts of training data; where they come from bounds the licence."


def standard_page(**fields: Any) -> StandardPage:
    """A published page under the home page."""
    number = StandardPage.objects.count()
    said = {"title": f"说明 {number}", "title_en": f"Note {number}", "summary": TEXT, "summary_en": TEXT_EN}
    page = StandardPage(slug=f"note-{number}", live=False, **(said | fields))
    home = Site.objects.get(is_default_site=True).root_page.specific
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
