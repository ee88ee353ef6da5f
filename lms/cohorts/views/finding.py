"""The objects that addresses name; what somebody may not see is not there."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from lms.cohorts.models import Cohort, RosterUpload
from lms.cohorts.policies import can_import_roster
from lms.cohorts.selectors.cohorts import cohorts_by_code
from lms.cohorts.selectors.roles import hat_on, hats_of

if TYPE_CHECKING:
    from lms.accounts.models import User


def signed_in(request: HttpRequest) -> "User":
    """The user of a view that only users reach."""
    return cast("User", request.user)


def cohorts_named(request: HttpRequest, code: str) -> list[Cohort]:
    """Cohorts under this code: one, or several where bases share it and neither `?base=` nor the hat decides."""
    found = list(cohorts_by_code(request.user, code, request.GET.get("base", "")))
    if len(found) < 2:
        return found
    hat = hat_on(hats_of(request.user), request.session)
    own = [cohort for cohort in found if hat.organisation and cohort.organisation_id == hat.organisation.pk]
    return own or found


def managed_cohort(request: HttpRequest, code: str) -> Cohort:
    """The one cohort under this code whose roster the user may change."""
    found = cohorts_named(request, code)
    if len(found) != 1:
        raise Http404
    if not can_import_roster(request.user, found[0]):
        raise PermissionDenied
    return found[0]


def upload_of(cohort: Cohort, request: HttpRequest, uid: UUID) -> RosterUpload:
    """A file that was uploaded for this cohort."""
    uploads = RosterUpload.objects.visible_to(request.user).select_related("file", "uploaded_by__person")
    upload = uploads.filter(cohort=cohort, uid=uid).first()
    if upload is None:
        raise Http404
    return upload
