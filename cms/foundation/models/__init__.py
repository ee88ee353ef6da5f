from .base_page import BasePage
from .operator import OperatorSettings

__all__ = ["BasePage", "OperatorSettings"]
