"""What can be found is written anew when something changes that stands on a page without being the page."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.foundation.services.public_texts import write_public_texts
from cms.pages.models import GlossaryTerm, LegalVersion
from cms.pages.services import checking  # noqa: F401 -- registers what is looked through
from cms.pages.services.finding import write_glossary


@receiver([post_save, post_delete], sender=GlossaryTerm)
def find_changed_term(**kwargs: Any) -> None:
    """A term was saved or removed."""
    write_glossary()


@receiver(post_save, sender=LegalVersion)
def find_new_version(instance: LegalVersion, **kwargs: Any) -> None:
    """A legal text has a new version; they are never removed."""
    write_public_texts(page=instance.page)
