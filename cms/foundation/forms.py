"""Pictures as editors hand them in: looked at before anything is unpacked."""

import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.foundation.validators import check_file

BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureField(WagtailImageField):
    """A picture of a kind that every browser shows; a drawing that can carry script (SVG) is none.

    Differs from core: size and pixels are read from the head of the file before it is opened, and each refusal
    says what to do.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {"kinds": self.supported_formats_text, "size": self.max_upload_size_text}
        self.error_messages |= {
            "invalid_extension": _("Pictures are %(kinds)s files. Save it as one of these first.") % kinds,
            "invalid_image_extension": _("Pictures are %(kinds)s files. Save it as one of these first.") % kinds,
            "invalid_image_known_format": _(
                "The name ends in .%(extension)s, but the file is %(image_format)s. Rename it, or save it again."
            ),
            "file_too_large": _(
                "The picture is %(file_size)s; at most %(max_filesize)s are taken. Make it smaller first."
            ),
            "file_too_large_unknown_size": _("The picture is larger than %(size)s. Make it smaller first.") % kinds,
            "file_too_many_pixels": _(
                "The picture has %(num_pixels)s pixels; at most %(max_pixels_count)s are taken. Make it smaller first."
            ),
            "bomb": _("The picture claims more pixels than a page can show and was not opened. Make it smaller first."),
            "invalid_image": _("This file is no picture, or it is damaged."),
        }

    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            self.check_image_file_size(data)
            self._look_at_the_head(data)
        return super().to_python(data)

    def _look_at_the_head(self, data: Any) -> None:
        """Refuse a file that would fill the memory once unpacked; whatever else is wrong is found by core."""
        data.seek(0)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(data) as picture:
                    pixels = picture.width * picture.height
        except BOMBS as bomb:
            raise ValidationError(self.error_messages["bomb"], code="bomb") from bomb
        except OSError:
            return
        finally:
            data.seek(0)
        if self.max_image_pixels and pixels > self.max_image_pixels:
            figures = {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels}
            raise ValidationError(self.error_messages["file_too_many_pixels"] % figures, code="file_too_many_pixels")


class FileForm(BaseDocumentForm):
    """The form of every file to take away, recording and captions: each is what its name says, and not too large."""

    def clean_file(self) -> Any:
        """Look into a file that was just handed in; one that is already kept stays as it is."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check_file(file)
        return file


class PictureForm(BaseImageForm):
    """The form of every picture of the site."""

    file = PictureField(label=_("File"))
