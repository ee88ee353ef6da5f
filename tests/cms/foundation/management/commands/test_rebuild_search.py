import io
import json

import pytest
from django.core.management import call_command

from cms.foundation.models import PublicText
from tests.factories.courses import published_course
from tests.factories.findable import standard_page

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.db]


def test_what_was_lost_is_found_again_and_what_is_not_published_goes() -> None:
    page, hidden = standard_page(), standard_page()
    published_course(lessons=2)
    call_command("rebuild_search", "--json", stdout=io.StringIO())
    before = PublicText.objects.exclude(page=hidden).count()
    PublicText.objects.filter(page=page).delete()
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    out = io.StringIO()
    call_command("rebuild_search", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"texts": before}
    assert [row.page_id for row in PublicText.objects.open().search("训练")] == [page.pk]
