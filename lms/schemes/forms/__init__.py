from .rules import GroupForm, LeafForm, NumberedGroupForm, RenewalForm, leaf_initial
from .topics import TopicForm
from .versions import DraftForm, RevisionForm, StudyRulesForm, VersionForm

__all__ = [
    "DraftForm",
    "GroupForm",
    "LeafForm",
    "NumberedGroupForm",
    "RenewalForm",
    "RevisionForm",
    "StudyRulesForm",
    "TopicForm",
    "VersionForm",
    "leaf_initial",
]
