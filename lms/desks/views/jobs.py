from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.jobs.policies import can_retry
from lms.jobs.services.retrying import NoSuchJob, retry
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal


@login_required
@require_POST
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Start failed background work again; for the platform's own staff."""
    if not can_retry(request.user):
        raise PermissionDenied
    try:
        job = retry(job_id=job_id, now=now())
    except NoSuchJob as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(task)s” waits to be carried out again.") % {"task": job.task})
    return redirect("desks:desk")
