from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentityKind(models.TextChoices):
    """The paper by which a person proves who they are."""

    RESIDENT = "resident", _("Resident identity card")
    PASSPORT = "passport", _("Passport")
    HMT_PERMIT = "hmt-permit", _("Mainland travel permit for Hong Kong, Macao or Taiwan residents")
