from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.models import Page, PageViewRestriction

from cms.foundation.enums import EnglishState
from cms.foundation.validators import refuse_taken_address

from .twins import chinese_digest, english_digest, state_of_english

# Depth in the tree of the page that a site begins with.
FRONT_DOOR = 2


class BasePageForm(WagtailAdminPageForm):
    """The editing form of every page, with the translator's word that the English still holds."""

    english_holds = forms.BooleanField(
        required=False,
        label=_("The English says what the Chinese says"),
        help_text=_(
            "Tick this when the Chinese was changed without a change of meaning. "
            "Writing in the English tab says it too."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("slug") and self.parent_page and self.parent_page.depth == FRONT_DOOR and self._is_new_address():
            try:
                refuse_taken_address(cleaned["slug"])
            except ValidationError as taken:
                self.add_error("slug", taken)
        return cleaned

    def _is_new_address(self) -> bool:
        """A page that stands, such as the list of courses, keeps the address that it shares with the platform."""
        return bool("slug" in self.changed_data or not self.instance.pk)

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("english_holds"):
            self.instance.confirm_english()
        return super().save(commit)


class BasePage(Page):
    """What every public page has: its words twice, in Chinese and in English, on one row.

    Differs from core: a page lives once in the tree and answers under `/…` and `/en/…`; a field `x` is
    Chinese, its twin `x_en` English. A page may be published before its English is there; until then it
    answers under `/en/` in Chinese and says so (docs/decisions/0012). Subclasses list their panels by language.
    """

    title_en = models.CharField(_("English title"), max_length=255, blank=True)
    menu_title = models.CharField(
        _("short title in the menu"), max_length=20, blank=True, help_text=_("Empty: the title itself.")
    )
    menu_title_en = models.CharField(_("short English title in the menu"), max_length=40, blank=True)
    search_description_en = models.TextField(_("English description for search engines"), blank=True)
    # Which Chinese the English was last written or confirmed against, and which English that was.
    english_of = models.CharField(max_length=16, blank=True, editable=False)
    english_is = models.CharField(max_length=16, blank=True, editable=False)
    english_state = models.CharField(
        _("English"), max_length=8, choices=EnglishState.choices, default=EnglishState.COMPLETE, editable=False
    )

    base_form_class = BasePageForm
    show_in_menus_default = False
    # Chinese fields that need no English twin: left empty, it is the same in both languages.
    same_in_english: ClassVar[tuple[str, ...]] = ()
    # What Open Graph calls it: a site, or one article of it.
    share_kind = "website"

    chinese_panels: list[Panel] = [FieldPanel("title", classname="title")]
    english_panels: list[Panel] = [FieldPanel("title_en", classname="title")]
    shared_panels: list[Panel] = []
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("search_description"), FieldPanel("search_description_en")],
            _("For search engines"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("show_in_menus"),
                FieldRowPanel([FieldPanel("menu_title"), FieldPanel("menu_title_en")]),
            ],
            _("In the menu"),
        ),
    ]

    class Meta:
        abstract = True

    @classmethod
    def get_edit_handler(cls) -> Panel:
        """Tabs by language, so that an editor sees at once which twin is missing."""
        tabs = [
            ObjectList(cls.chinese_panels, heading=_("Chinese")),
            ObjectList([*cls.english_panels, FieldPanel("english_holds")], heading=_("English")),
        ]
        if cls.shared_panels:
            tabs.append(ObjectList(cls.shared_panels, heading=_("Both languages")))
        tabs.append(ObjectList(cls.promote_panels, heading=_("Address and search")))
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """As core, but one question for the whole way down instead of two for each step."""
        if not path_components:
            return super().route(request, path_components)
        wanted = f"{self.url_path}{'/'.join(path_components)}/"
        page = Page.objects.filter(url_path=wanted, path__startswith=self.path).first()
        if page is None:
            raise Http404
        return page.specific.route(request, [])

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As core, ancestors and the sources of aliases among them, in one question."""
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(Q(page__path__in=paths) | Q(page__aliases__path__in=paths)).distinct()

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.note_english()
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.note_english()
        return super().save_revision(*args, **kwargs)

    def note_english(self) -> None:
        """Bring `english_state` up to date. Whoever changes the English has read the Chinese beside it."""
        if self.english_is != english_digest(self):
            self.confirm_english()
        self.english_state = state_of_english(self)

    def confirm_english(self) -> None:
        """The English says what the Chinese says, as both now stand."""
        self.english_of, self.english_is = chinese_digest(self), english_digest(self)

    @property
    def speaks_english(self) -> bool:
        """Whether all its words are there in English; if not, it is shown in Chinese as a whole."""
        return self.english_state == EnglishState.COMPLETE

    @property
    def language_here(self) -> str:
        """The language in which its words are shown to the reader of the language now active."""
        return "en" if get_language() == "en" and self.speaks_english else "zh-hans"

    @property
    def title_here(self) -> str:
        """The title in the language in which the page is shown."""
        return self.title_en if self.language_here == "en" else self.title

    @property
    def description_here(self) -> str:
        """The description for search engines in the language in which the page is shown."""
        return self.search_description_en if self.language_here == "en" else self.search_description

    def described(self, address: str) -> dict[str, Any]:
        """What schema.org calls this page, which stands at `address`; empty where there is no word for it."""
        return {}
