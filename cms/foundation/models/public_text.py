from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.foundation.enums import PublicKind


class PublicTextQuerySet(SearchableQuerySetMixin, models.QuerySet["PublicText"]):
    """Words for finding public texts."""

    def open(self) -> "PublicTextQuerySet":
        """Those whose page stands open to everybody this moment: live, and neither it nor one above it restricted."""
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        closed = PageViewRestriction.objects.annotate(asked=path).filter(asked__startswith=F("page__path"))
        return self.filter(page__in=Page.objects.live().filter(~Exists(closed)).values("pk"))


class PublicText(index.Indexed, models.Model):
    """One row for every text that a visitor may find: a page, a lesson of a course, a term of the glossary.

    Derived from what is published, written anew when it changes, and rebuilt by `rebuild_search`. Drafts are
    never in it. `place` is what follows the address of the page; the English is empty where the page has none.
    """

    holds_personal_data = False

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="public_texts")
    place = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=PublicKind.choices)
    title = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    about = models.CharField(max_length=255, blank=True)
    about_en = models.CharField(max_length=255, blank=True)
    day = models.DateField(null=True, blank=True)

    objects = PublicTextQuerySet.as_manager()

    # Its rows are written many at a time, and so is their index; what it says of a page is no use of that page.
    search_auto_update = False
    wagtail_reference_index_ignore = True
    search_fields = [
        index.SearchField("title"),
        index.SearchField("title_en"),
        index.SearchField("text"),
        index.SearchField("text_en"),
        index.SearchField("about"),
        index.SearchField("about_en"),
        index.AutocompleteField("title"),
        index.AutocompleteField("title_en"),
        index.FilterField("kind"),
        index.FilterField("page"),
    ]

    class Meta:
        verbose_name = _("public text")
        verbose_name_plural = _("public texts")
        constraints = [
            models.UniqueConstraint(
                fields=("page", "place"),
                name="foundation_publictext_place_once",
                violation_error_message=_("A place of a page is found once."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
