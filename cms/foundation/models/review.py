from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class SecondPersonTask(AbstractGroupApprovalTask):
    """One row for every step of a review that a member of a group takes, on a text of somebody else.

    Differs from core: whoever wrote anything since the page was last published does not approve it,
    superusers included.
    """

    holds_personal_data = False

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve"] if wrote(obj, user) else actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        states: QuerySet[TaskState] = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == "approve" and wrote(task_state.workflow_state.content_object, user):
            raise PermissionDenied(_("Nobody approves their own text. Ask another reviewer."))
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        return _("A member of the chosen groups approves what somebody else wrote")


# What a revision says of itself, not of its text.
BOOKKEEPING = frozenset(
    {
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "latest_revision"),
        *("latest_revision_created_at", "live_revision", "locked", "locked_at", "locked_by", "draft_title"),
    }
)


def wrote(obj: Any, user: Any) -> bool:
    """Whether `user` wrote, or handed in, any of what a publication of `obj` would show for the first time.

    The editor's screen saves a snippet again when it is approved; a revision that changes no word is no writing.
    """
    drafts = obj.revisions.order_by("pk")
    if obj.live_revision_id:
        drafts = drafts.filter(pk__gte=obj.live_revision_id)
    before: dict[str, Any] | None = None
    for revision in drafts.only("pk", "user", "content"):
        words = {name: value for name, value in revision.content.items() if name not in BOOKKEEPING}
        if revision.pk != obj.live_revision_id and revision.user_id == user.pk and words != before:
            return True
        before = words
    state = obj.current_workflow_state
    return bool(state is not None and state.requested_by_id == user.pk)
