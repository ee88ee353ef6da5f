"""Which mails a reader wants."""

from typing import Any

from lms.mailing.enums import ALWAYS_MAILED, GROUP_OF, MAILED_GROUPS, MessageKind, NoticeGroup, NoticeKind
from lms.mailing.models import NotificationPreference


def wants_mail(user_id: int, kind: MessageKind) -> bool:
    """Whether a mail of this kind goes to this user: yes, unless the group was switched off."""
    if kind in ALWAYS_MAILED:
        return True
    group = GROUP_OF[NoticeKind(kind)]
    return not NotificationPreference.objects.filter(user_id=user_id, group=group, mail=False).exists()


def choices_of(user: Any) -> dict[NoticeGroup, bool]:
    """For every group that is mailed at all, whether `user` wants the mails (one query)."""
    chosen = NotificationPreference.objects.visible_to(user).values_list("group", "mail")
    kept = {NoticeGroup(group): mail for group, mail in chosen}
    return {group: kept.get(group, True) for group in MAILED_GROUPS}
