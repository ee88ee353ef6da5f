from .base_page import BasePage
from .operator import OperatorSettings
from .public_text import PublicText
from .review import SecondPersonTask

__all__ = ["BasePage", "OperatorSettings", "PublicText", "SecondPersonTask"]
