"""The public list of courses: an editor's page with an address that other pages can name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from cms.foundation.services.visitors import same_for_visitors
from courses.models import CourseIndexPage

# The tree would ask the same before it serves a page.
guarded_serve = check_view_restrictions(serve_chain)


@require_safe
@same_for_visitors
def catalogue(request: HttpRequest) -> HttpResponse:
    """Serve the live list page, whichever page of the tree it stands under, to whoever may view it."""
    return guarded_serve(get_object_or_404(CourseIndexPage.objects.live()), request, (), {})
