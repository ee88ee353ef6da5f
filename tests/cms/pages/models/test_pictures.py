from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image as Pixels
from wagtail.blocks import StructBlockValidationError
from wagtail.images.models import Image

from cms.foundation.blocks import FigureBlock
from cms.pages.models import NewsPage

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def image() -> Image:
    """A small picture among the editor's."""
    out = BytesIO()
    Pixels.new("RGB", (4, 3), "white").save(out, "PNG")
    return Image.objects.create(title="桥", file=ContentFile(out.getvalue(), "bridge.png"))


def test_news_with_a_picture_that_nobody_describes_is_refused(image: Image) -> None:
    page = NewsPage(title="新桥", slug="bridge", date=date(2026, 11, 22), image=image)

    with translation.override("zh-hans"), pytest.raises(ValidationError) as refused:
        page.clean()

    assert list(refused.value.message_dict) == ["image_alt"]


def test_a_figure_that_nobody_describes_is_refused(image: Image) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        FigureBlock().clean(FigureBlock().to_python({"image": image.pk, "alt": "", "caption": ""}))

    assert list(refused.value.block_errors) == ["alt"]


def test_a_picture_in_words_is_taken(image: Image) -> None:
    NewsPage(title="新桥", slug="bridge", date=date(2026, 11, 22), image=image, image_alt="一座石拱桥").clean()
    FigureBlock().clean(FigureBlock().to_python({"image": image.pk, "alt": "一座石拱桥", "caption": ""}))
