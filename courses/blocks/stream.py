"""The blocks of a lesson, put together."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.enums import SourceKind

from .media import AudioBlock, DocumentBlock, LiveBlock, SimulationBlock, VideoBlock
from .questions import CaseBlock, CheckBlock
from .words import (
    PREVIEW,
    TEXT_FEATURES,
    WORDS,
    CalloutBlock,
    ChecklistBlock,
    FigureBlock,
    SectionBlock,
    SourceBlock,
    TableBlock,
    TermBlock,
    TextBlock,
)

EXAMPLE_SOURCES = [
    {
        "kind": SourceKind.STATUTE.value,
        "title": "中华人民共和国民法典",
        "detail": "第八百四十三条（2021 年 1 月 1 日起施行）",
        "url": "",
    }
]


class LessonStreamBlock(blocks.StreamBlock):
    """The blocks of a lesson, top to bottom."""

    section = SectionBlock()
    text = TextBlock(features=TEXT_FEATURES)
    callout = CalloutBlock()
    checklist = ChecklistBlock()
    term = TermBlock()
    figure = FigureBlock()
    table = TableBlock()
    check = CheckBlock()
    case = CaseBlock()
    video = VideoBlock()
    audio = AudioBlock()
    document = DocumentBlock()
    simulation = SimulationBlock()
    live = LiveBlock()
    sources = blocks.ListBlock(
        SourceBlock(),
        icon="list-ul",
        label=_("Sources"),
        group=WORDS,
        description=_("At the foot of the lesson: every statute by article, every figure with date and publisher."),
        preview_template=PREVIEW,
        preview_value=EXAMPLE_SOURCES,
    )
