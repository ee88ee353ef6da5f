from .message import Message
from .notice import Notice
from .preference import NotificationPreference

__all__ = ["Message", "Notice", "NotificationPreference"]
