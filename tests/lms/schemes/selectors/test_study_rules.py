import pytest
from pydantic import ValidationError

from lms.schemes.models import SchemeVersion
from lms.schemes.selectors.study_rules import StudyRules, study_rules_of
from lms.schemes.validators import parse_study_rules

pytestmark = pytest.mark.unit


def test_without_a_version_or_without_rules_the_usual_ones_hold() -> None:
    assert study_rules_of(None) == study_rules_of(SchemeVersion()) == StudyRules()
    assert study_rules_of(SchemeVersion(study_rules={"daily_minutes": 240})).daily_minutes == 240


@pytest.mark.parametrize(
    "wrong",
    [
        {"lease_s": 29},
        {"lease_s": 61},
        {"presence_answer_s": 59},
        {"reading_speed": "0"},
        {"presence_from_s": 600, "presence_to_s": 599},
        {"no_such_rule": 1},
    ],
)
def test_rules_out_of_their_span_are_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        parse_study_rules(wrong)
