from .audit import AuditEvent
from .chain import ChainHead
from .private_file import PrivateFile

__all__ = ["AuditEvent", "ChainHead", "PrivateFile"]
