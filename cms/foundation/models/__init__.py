from .base_page import BasePage
from .operator import OperatorSettings
from .public_text import PublicText

__all__ = ["BasePage", "OperatorSettings", "PublicText"]
