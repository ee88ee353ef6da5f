from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.enums import DocumentKind
from lms.records.services.papers import (
    MAX_BYTES,
    MAX_DOCUMENTS,
    Paper,
    PaperRefused,
    PaperTooLarge,
    plain_name,
    read_paper,
)

if TYPE_CHECKING:
    from courses.models import Offering
    from courses.services.applying import Papers

# What each document proves, as the applicant says it: the field and the document belong together.
SAID = {
    DocumentKind.DEGREE: "degree",
    DocumentKind.YEARS: "years",
    DocumentKind.PRIOR_CERTIFICATE: "prior_certificate",
}
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


class ApplicationForm(forms.Form):
    """What an applicant says, and the documents that prove it; both as the offering asks."""

    degree = forms.CharField(
        label=_("Degree"),
        max_length=120,
        help_text=_("The highest one, with subject, school and year."),
    )
    years = forms.IntegerField(
        label=_("Years in technology transfer or research"),
        min_value=0,
        max_value=60,
        help_text=_("Whole years; 0 if you are only beginning."),
    )
    prior_certificate = forms.CharField(
        label=_("Number of your certificate of the level below"),
        max_length=60,
        help_text=_("As printed on it, and who issued it."),
    )

    def __init__(self, *args: Any, offering: "Offering", kept: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        asked = [DocumentKind(kind) for kind in offering.documents]
        for kind, name in SAID.items():
            self.fields[name].required = kind in asked
            if kind not in asked and kind == DocumentKind.PRIOR_CERTIFICATE:
                del self.fields[name]
        for kind in asked:
            self.fields[self.field_of(kind)] = PapersField(
                label=kind.label,
                help_text=_("PDF, JPEG or PNG, at most 10 MB each; several files are taken."),
            )
        self.asked = asked

    @staticmethod
    def field_of(kind: DocumentKind) -> str:
        """The name of the field that takes this kind of document."""
        return f"document_{kind.value}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        # An error takes a field out of `cleaned_data`; its good documents stay here.
        self.papers: Papers = [(kind, paper) for kind in self.asked for paper in cleaned.get(self.field_of(kind)) or []]
        for kind in self.asked:
            for fault in cast("PapersField", self.fields[self.field_of(kind)]).faults:
                self.add_error(self.field_of(kind), fault)
        if len(self.papers) + self.kept > MAX_DOCUMENTS:
            self.add_error(None, _("An application takes at most six documents. Take some out."))
        return cleaned

    @property
    def statement(self) -> dict[str, Any]:
        """What the applicant says, as it is kept."""
        return {name: self.cleaned_data.get(name) for name in SAID.values() if self.cleaned_data.get(name) is not None}


class ReasonForm(forms.Form):
    """Why an application is sent back or refused; the applicant reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads it: say what is missing, or which rule is not met."),
    )
