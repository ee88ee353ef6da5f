"""Recordings, files, live sessions and simulations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.validators import (
    check_captions_file,
    check_media_address,
    check_recording_file,
    check_secure_address,
)

from .words import PREVIEW

MEDIA, ACTS = _("Recordings and files"), _("To take part")
LONGEST_S = 4 * 60 * 60


def refuse_fields(faults: dict[str, ValidationError]) -> None:
    """Say beside each field what is wrong with it."""
    if faults:
        raise blocks.StructBlockValidationError(block_errors=faults)


class RecordingBlock(blocks.StructBlock):
    """What video and audio have in common: one source, a length, and all that is said in words."""

    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(required=False, label=_("Uploaded file"))
    address = blocks.URLBlock(
        required=False,
        label=_("Or an address"),
        help_text=_("https, on one of the hosts that the platform's operator has allowed."),
    )
    duration_s = blocks.IntegerBlock(min_value=1, max_value=LONGEST_S, label=_("Length in seconds"))
    transcript = blocks.RichTextBlock(
        features=["h3", "bold", "ul", "ol"], label=_("Transcript"), help_text=_("Everything that is said and shown.")
    )
    media_kind = ""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        refuse_fields(self.faults(cleaned))
        return cleaned

    def faults(self, value: Any) -> dict[str, ValidationError]:
        """What is wrong with the source, by field."""
        if bool(value["file"]) == bool(value["address"]):
            return {"file": ValidationError(_("A recording is either an uploaded file or an address."))}
        try:
            if value["address"]:
                check_media_address(value["address"])
            else:
                check_recording_file(value["file"].file, self.media_kind)
        except ValidationError as fault:
            return {"address" if value["address"] else "file": fault}
        return {}


class VideoBlock(RecordingBlock):
    """A video with captions in Chinese, a still for the time before it plays, and its transcript."""

    poster = ImageChooserBlock(required=False, label=_("Still before it plays"))
    captions = DocumentChooserBlock(label=_("Chinese captions (WebVTT)"))
    captions_en = DocumentChooserBlock(required=False, label=_("English captions (WebVTT)"))
    media_kind = "video"

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        description = _("A video with captions and a transcript. Study time is counted on what was watched.")

    def faults(self, value: Any) -> dict[str, ValidationError]:
        faults = super().faults(value)
        for name in ("captions", "captions_en"):
            try:
                if value[name]:
                    check_captions_file(value[name].file)
            except ValidationError as fault:
                faults[name] = fault
        return faults


class AudioBlock(RecordingBlock):
    """A recording to listen to, with its transcript."""

    media_kind = "audio"

    class Meta:
        icon = "media"
        label = _("Audio")
        group = MEDIA
        description = _("A recording to listen to, with its transcript.")


class DocumentBlock(blocks.StructBlock):
    """A file to take away, with what is in it; kind and size are shown before anybody downloads it."""

    document = DocumentChooserBlock(label=_("File"))
    words = blocks.CharBlock(label=_("What is in it"))

    class Meta:
        icon = "doc-full"
        label = _("File to take away")
        group = MEDIA
        description = _("A file to take away; its kind and size are shown beside it.")


class LiveBlock(blocks.StructBlock):
    """A session at an hour, online: when, how long, where, what to prepare. No study time hangs on it."""

    title = blocks.CharBlock(label=_("Title"))
    starts_at = blocks.DateTimeBlock(label=_("Begins, Beijing time"))
    minutes = blocks.IntegerBlock(min_value=5, max_value=480, label=_("Minutes"))
    address = blocks.URLBlock(label=_("Address of the room"))
    prepare = blocks.RichTextBlock(features=["bold", "ul", "ol"], required=False, label=_("What to prepare"))

    class Meta:
        icon = "date"
        label = _("Live session")
        group = ACTS
        description = _("A session online at a set hour, with what to prepare for it.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            check_secure_address(cleaned["address"])
        except ValidationError as fault:
            refuse_fields({"address": fault})
        return cleaned


class SimulationBlock(blocks.StructBlock):
    """A link to a deal simulation, and why now is the time to play it."""

    code = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Code of the simulation"),
        help_text=_("As it stands in its address, such as d-01-gas-heater."),
    )
    text = blocks.TextBlock(label=_("Why to play it now"), rows=2)

    class Meta:
        icon = "link"
        label = _("Simulation")
        group = ACTS
        description = _("Leads to a deal simulation, and says why now is the time to play it.")
        preview_template = PREVIEW
        preview_value = {"code": "d-01-gas-heater", "text": "先把这一课的四个问题带进去问一遍。"}
