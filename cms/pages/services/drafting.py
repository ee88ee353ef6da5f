"""A piece of news written by one person and handed in for review by another; nothing of it is published."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from cms.pages.models import NewsIndexPage, NewsPage

from .site_files import body_of


@transaction.atomic
def hand_in_news(*, slug: str, words: dict[str, Any], on: date, author: AbstractBaseUser) -> NewsPage:
    """Write a draft in Chinese and send it into the review of its place; a page that is there stays as it is."""
    index = NewsIndexPage.objects.get()
    there: NewsPage | None = NewsPage.objects.child_of(index).filter(slug=slug).first()
    if there:
        return there
    page = NewsPage(
        slug=slug,
        title=words["title"],
        summary=words["summary"],
        body=body_of(words["body"], f"news/{slug}/zh"),
        date=on,
        live=False,
        owner=author,
    )
    index.add_child(instance=page)
    page.save_revision(user=author, log_action=True)
    workflow = page.get_workflow()
    if workflow:
        workflow.start(page, author)
    return page
