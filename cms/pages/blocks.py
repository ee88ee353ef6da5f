"""What an editor puts together on the home page; every text stands twice, Chinese and English."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lms.kernel.levels import LevelCode

from .enums import DoorIcon, Gate, Place


class CallBlock(blocks.StructBlock):
    """A button: what happens, and where it leads."""

    label = blocks.CharBlock(max_length=16, label=_("label"))
    label_en = blocks.CharBlock(max_length=32, label=_("English label"))
    place = blocks.ChoiceBlock(choices=Place.choices, label=_("leads to"))

    class Meta:
        icon = "link"
        label = _("button")


class GateBlock(blocks.StructBlock):
    """One of the four gates; the figure under it comes from the scheme in force, not from the editor."""

    gate = blocks.ChoiceBlock(choices=Gate.choices, label=_("gate"))
    title = blocks.CharBlock(max_length=4, label=_("one character"))
    title_en = blocks.CharBlock(max_length=16, label=_("English title"))
    text = blocks.TextBlock(label=_("text"))
    text_en = blocks.TextBlock(label=_("English text"))

    class Meta:
        icon = "key"
        label = _("gate")


class PointBlock(blocks.StructBlock):
    """One line of the deal-room teaser."""

    text = blocks.CharBlock(max_length=60, label=_("text"))
    text_en = blocks.CharBlock(max_length=120, label=_("English text"))

    class Meta:
        icon = "list-ul"
        label = _("point")


class LevelBlock(blocks.StructBlock):
    """Whom a level is for; its name and what it asks for come from the scheme in force."""

    level = blocks.ChoiceBlock(choices=[(code.value, code.value) for code in LevelCode], label=_("level"))
    text = blocks.CharBlock(max_length=60, label=_("whom it is for"))
    text_en = blocks.CharBlock(max_length=140, label=_("whom it is for, in English"))

    class Meta:
        icon = "group"
        label = _("level")


class DoorBlock(blocks.StructBlock):
    """An entrance for those who come for an organisation; it stays away while its place does not exist."""

    title = blocks.CharBlock(max_length=16, label=_("title"))
    title_en = blocks.CharBlock(max_length=48, label=_("English title"))
    text = blocks.CharBlock(max_length=80, label=_("text"))
    text_en = blocks.CharBlock(max_length=160, label=_("English text"))
    place = blocks.ChoiceBlock(choices=Place.choices, label=_("leads to"))
    icon = blocks.ChoiceBlock(choices=DoorIcon.choices, label=_("icon"))

    class Meta:
        icon = "home"
        label = _("entrance")
