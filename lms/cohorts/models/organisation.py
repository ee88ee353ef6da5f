from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import OrganisationKind, Role
from lms.kernel.clock import now

from .grant import RoleGrant

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Words for finding organisations."""

    def staffed_by(self, user: "User | AnonymousUser", *roles: Role) -> Self:
        """Those for which `user` now holds one of `roles`, and those under an authority of theirs.

        Made to stand inside another query (`organisation__in=…`), where it costs no query of its own.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        held = RoleGrant.objects.in_force(now()).filter(user_id=user.pk, role__in=roles)
        return self.filter(
            models.Q(pk__in=held.values("organisation"))
            | models.Q(parent__kind=OrganisationKind.AUTHORITY, parent__in=held.values("organisation"))
        )

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Organisations are public: whoever trains and certifies says so."""
        return self


class Organisation(models.Model):
    """One row for every training base, association, authority and employer.

    `code` is printed inside certificate serials, so it has four characters and never I, O or L.
    """

    holds_personal_data = False

    code = models.CharField(
        _("code"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-HJKMNP-Z0-9]{4}$", _("Four capital letters or digits, without I, O and L."))],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)
    city = models.CharField(_("city"), max_length=60, blank=True)
    # An authority sees the records of the organisations under it.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    authority_basis = models.TextField(_("basis on which it issues"), blank=True)
    created_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-HJKMNP-Z0-9]{4}$"),
                name="cohorts_organisation_code_is_printable",
                violation_error_message=_(
                    "An organisation's code has four capital letters or digits, without I, O and L."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """Its name in the language now active."""
        return self.name_en if get_language() == "en" else self.name
