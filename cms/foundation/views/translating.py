"""The translator's list: pages that are there in Chinese and not, or no longer, in English."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.foundation.selectors.translating import waiting_for_english


class WaitingForEnglish(PageReportView):
    """Every page that the person may change and whose English is missing or older than its Chinese."""

    page_title = _("Pages waiting for English")
    header_icon = "globe"
    index_url_name = "waiting_for_english"
    index_results_url_name = "waiting_for_english_results"
    results_template_name = "foundation/waiting_for_english_results.html"
    list_export = ["title", "english", "latest_revision_created_at", "status_string"]
    export_headings = {"english": _("English"), **PageReportView.export_headings}
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False

    def get_queryset(self) -> QuerySet[Page]:
        self.waiting = waiting_for_english()
        pages = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return pages.filter(pk__in=self.waiting).order_by("-latest_revision_created_at", "path")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for page in object_list:
            page.english = self.waiting[page.pk].label
        return object_list
