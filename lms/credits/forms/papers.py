from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from lms.records.services.papers import MAX_BYTES, Paper, PaperRefused, PaperTooLarge, plain_name, read_paper

PICK = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several documents, each looked at; what is good is kept even where its neighbour is not.

    Differs from core: cleaning never stops at the first bad file. The good ones are in `cleaned_data`, and the
    sentences about the others in `faults`, which the form turns into errors.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=SeveralFiles(attrs={"accept": PICK, "multiple": True}), **options)
        self.faults: list[str] = []

    def clean(self, data: Any, initial: Any = None) -> list[Paper]:
        self.faults = []
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return list(self._good(files))

    def _good(self, files: Iterable[UploadedFile]) -> Iterable[Paper]:
        for file in files:
            try:
                if (file.size or 0) > MAX_BYTES:
                    raise PaperTooLarge(name=plain_name(file.name or ""))
                yield read_paper(name=file.name or "", content=file.read())
            except PaperRefused as refusal:
                self.faults.append(str(refusal))
