import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.accounts.enums import IdentityKind

if TYPE_CHECKING:
    from .user import User


class PersonQuerySet(models.QuerySet["Person"]):
    """Words for finding people."""

    def visible_to(self, user: "User") -> "PersonQuerySet":
        """Oneself; staff of bases find their people through `lms.cohorts`."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(user=user)


class Person(models.Model):
    """One row for every human being who studies, teaches, decides or verifies.

    The identity number is here only as a cipher (read through `services.identity.reveal`, which is
    logged) and as a keyed hash that keeps one number to one person. There is no plain copy anywhere.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "real_name": "printed on the certificate",
        "latin_name": "printed on the certificate",
        "identity_cipher": "one person, one file; never printed",
        "identity_hash": "one person, one file",
        "identity_tail": "lets staff tell namesakes apart",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person", null=True, blank=True
    )
    real_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60)
    latin_name = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    identity_kind = models.CharField(
        _("identity document"), max_length=12, choices=IdentityKind.choices, default=IdentityKind.RESIDENT
    )
    identity_cipher = models.BinaryField(null=True, editable=False)
    identity_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 -- unique when known
    identity_tail = models.CharField(max_length=4, blank=True, editable=False)
    created_at = models.DateTimeField()

    # Told by `selectors.people.person_of`, in its one query: what the bell shows.
    unread_notices: int

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(real_name=""),
                name="accounts_person_has_name",
                violation_error_message=_("A person has a name."),
            ),
            models.CheckConstraint(
                condition=models.Q(identity_cipher__isnull=True, identity_hash__isnull=True)
                | models.Q(identity_cipher__isnull=False, identity_hash__isnull=False),
                name="accounts_person_identity_whole",
                violation_error_message=_("An identity number is kept enciphered and hashed, or not at all."),
            ),
        ]

    def __str__(self) -> str:
        return self.real_name

    @property
    def masked_identity(self) -> str:
        """The identity number as staff may see it: only its last four characters."""
        return f"**************{self.identity_tail}" if self.identity_tail else ""
