from .audit import AuditEvent
from .chain import ChainHead
from .private_file import PrivateFile
from .seal import Seal, SealLeaf

__all__ = ["AuditEvent", "ChainHead", "PrivateFile", "Seal", "SealLeaf"]
