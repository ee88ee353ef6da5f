"""What lies on the editors' desks of the demonstration: a piece of news that waits for a second person."""

from datetime import datetime
from pathlib import Path

from cms.pages.services.drafting import hand_in_news
from lms.accounts.selectors.users import user_by_mail
from lms.kernel.data_files import parse_yaml

from . import cast

DRAFT = Path(__file__).parent / "data" / "news-draft.yaml"


def leave_a_draft(*, now: datetime) -> None:
    """The editor has written and handed in; the reviewer has not looked at it yet. Done once."""
    words, editor = parse_yaml(DRAFT.read_text(encoding="utf-8")), user_by_mail(cast.EDITOR.email)
    if editor is None:
        raise LookupError(cast.EDITOR.email)
    hand_in_news(slug=words["slug"], words=words, on=now.date(), author=editor)
