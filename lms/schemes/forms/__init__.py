from .rules import GroupForm, LeafForm, NumberedGroupForm
from .topics import TopicForm
from .versions import DraftForm, RevisionForm, StudyRulesForm, VersionForm

__all__ = [
    "DraftForm",
    "GroupForm",
    "LeafForm",
    "NumberedGroupForm",
    "RevisionForm",
    "StudyRulesForm",
    "TopicForm",
    "VersionForm",
]
