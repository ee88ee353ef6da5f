import re

import pytest
from django.conf import settings

from lms.mailing.enums import ALWAYS_MAILED, GROUP_OF, MAILED_GROUPS, MessageKind, NoticeGroup, NoticeKind, kinds_in

pytestmark = pytest.mark.unit


def test_every_mail_is_about_something_that_is_told_on_the_platform_too() -> None:
    assert set(MessageKind.values) <= set(NoticeKind.values)
    assert set(MessageKind) >= ALWAYS_MAILED


def test_every_kind_is_in_one_group() -> None:
    assert sorted(kind for group in NoticeGroup for kind in kinds_in(group)) == sorted(NoticeKind)
    assert set(MAILED_GROUPS) == {GROUP_OF[NoticeKind(kind)] for kind in MessageKind}


def test_every_kind_stands_in_the_reference() -> None:
    text = (settings.REPO_DIR / "docs/reference/notices.md").read_text()
    told = {name for line in text.splitlines() if line.startswith("| `") for name in re.findall(r"`([a-z-]+)`", line)}
    assert set(NoticeKind.values) == told
