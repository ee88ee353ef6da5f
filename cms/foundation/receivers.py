"""What follows an act of an editor that a visitor could see: kept pages end, what can be found is written anew."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from cms.foundation.models import BasePage, OperatorSettings
from cms.foundation.services.cleaning import clean_words
from cms.foundation.services.menus import drop_menus
from cms.foundation.services.public_texts import write_public_texts
from cms.foundation.services.visitors import drop_pages

SEEN_EVERYWHERE = (OperatorSettings, Redirect, Site, PageViewRestriction)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished])
def drop_on_publication(**kwargs: Any) -> None:
    """A page or a snippet came, changed, moved or went."""
    drop_menus()
    drop_pages()


@receiver(post_save)
@receiver(post_delete)
def drop_on_settings(sender: type, **kwargs: Any) -> None:
    """A thing that stands on many pages was saved or removed, or a page was deleted."""
    deleted_page = "created" not in kwargs and issubclass(sender, Page)
    if deleted_page or issubclass(sender, SEEN_EVERYWHERE):
        drop_menus()
        drop_pages()


@receiver(post_save)
def write_what_can_be_found(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A page was saved: published, unpublished, or only its draft, which changes nothing."""
    if issubclass(sender, BasePage) and not raw:
        write_public_texts(page=instance)


@receiver(pre_save)
def clean_what_editors_pasted(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Whatever way a text came, by screen, file or command: script and Word's markup do not reach the page."""
    if not raw:
        clean_words(thing=instance)
