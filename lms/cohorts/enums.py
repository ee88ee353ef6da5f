from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    """What an organisation does on the platform."""

    BASE = "base", _("Training base")
    ASSOCIATION = "association", _("Association")
    AUTHORITY = "authority", _("Authority")
    EMPLOYER = "employer", _("Employer")


class Role(models.TextChoices):
    """What a person may do for an organisation; a trainee needs no grant but a place in a cohort."""

    TRAINEE = "trainee", _("Trainee")
    TRAINER = "trainer", _("Trainer")
    MARKER = "marker", _("Marker")
    BASE_MANAGER = "base-manager", _("Base manager")
    CERTIFIER = "certifier", _("Certifier")
    VERIFIER = "verifier", _("Association verifier")
    AUTHORITY_OFFICER = "authority-officer", _("Authority officer")


# Roles that see the people and records of their organisation.
STAFF_ROLES = (Role.TRAINER, Role.BASE_MANAGER, Role.CERTIFIER, Role.AUTHORITY_OFFICER)


class MembershipState(models.TextChoices):
    """Where a person stands in a cohort."""

    ACTIVE = "active", pgettext_lazy("a place in a cohort", "Active")
    FINISHED = "finished", _("Finished")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIVE_STATES = (MembershipState.ACTIVE, MembershipState.FINISHED)


class UploadState(models.TextChoices):
    """What became of a roster file: looked at first, then written or given up."""

    PREVIEWED = "previewed", _("Previewed, not written")
    WRITTEN = "written", _("Written")
    GIVEN_UP = "given-up", _("Given up")
