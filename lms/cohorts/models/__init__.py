from .cohort import Cohort, Membership
from .grant import RoleGrant
from .organisation import Organisation

__all__ = ["Cohort", "Membership", "Organisation", "RoleGrant"]
