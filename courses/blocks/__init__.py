"""What a lesson may be made of. Few blocks, one level of nesting; `schema` of the frozen body counts changes.

Every block shows editors, before they choose it, what it is for and how it looks.
"""

from .stream import LessonStreamBlock
from .words import DRAWINGS, SectionBlock, drawings

__all__ = ["DRAWINGS", "LessonStreamBlock", "SectionBlock", "drawings"]
