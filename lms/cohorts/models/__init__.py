from .cohort import Cohort, Membership
from .grant import RoleGrant
from .organisation import Organisation
from .upload import RosterUpload

__all__ = ["Cohort", "Membership", "Organisation", "RoleGrant", "RosterUpload"]
