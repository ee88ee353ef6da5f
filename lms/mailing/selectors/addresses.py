"""The same page in another language."""

from django.conf import settings


def page_in(url: str, language: str) -> str:
    """The address of a page, `/en/…` in English and without a prefix in Chinese, whichever of them is given.

    By the text alone: a notice outlives the request, and the language active when it is written is nobody's.
    """
    for code, _name in settings.LANGUAGES:
        if url.startswith(f"/{code}/"):
            url = url.removeprefix(f"/{code}")
    return url if language == settings.LANGUAGE_CODE or not url.startswith("/") else f"/{language}{url}"
