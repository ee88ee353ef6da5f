"""Fields that stand twice on a page: `x` in Chinese, `x_en` in English."""

from hashlib import blake2b
from typing import Any

from django.db import models

from cms.foundation.enums import EnglishState

SUFFIX = "_en"


def twin_names(page: models.Model) -> list[str]:
    """Names of the Chinese fields of a page that have an English twin, by name: migrations may change their order."""
    names = {field.name for field in page._meta.concrete_fields}  # noqa: SLF001 -- public in Django
    return sorted(name for name in names if f"{name}{SUFFIX}" in names)


def digest_of(page: models.Model, names: list[str]) -> str:
    """Sixteen characters that change when a word in one of these fields changes."""
    digest = blake2b(digest_size=8)
    for name in names:
        field: Any = page._meta.get_field(name)  # noqa: SLF001 -- public in Django
        words = field.value_to_string(page) or ""
        digest.update(f"{name}\0{words}\0".encode())
    return digest.hexdigest()


def chinese_digest(page: models.Model) -> str:
    """Digest of everything the page says in Chinese."""
    return digest_of(page, twin_names(page))


def english_digest(page: models.Model) -> str:
    """Digest of everything the page says in English."""
    return digest_of(page, [f"{name}{SUFFIX}" for name in twin_names(page)])


def state_of_english(page: Any) -> EnglishState:
    """Missing while a Chinese field that is filled in has an empty twin; older when only the Chinese went on."""
    for name in set(twin_names(page)) - set(page.same_in_english):
        if getattr(page, name) and not getattr(page, f"{name}{SUFFIX}"):
            return EnglishState.MISSING
    return EnglishState.COMPLETE if page.english_of == chinese_digest(page) else EnglishState.OLDER
