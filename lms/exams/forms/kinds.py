"""The form of each kind of question."""

from lms.exams.enums import QuestionKind
from lms.exams.forms.arranging import MatchingForm, OrderingForm
from lms.exams.forms.choosing import MultipleForm, SingleForm, TrueFalseForm
from lms.exams.forms.questions import QuestionForm
from lms.exams.forms.writing import EssayForm, FillInForm, NumericForm

FORMS: dict[QuestionKind, type[QuestionForm]] = {
    form.kind: form
    for form in (
        SingleForm,
        MultipleForm,
        TrueFalseForm,
        FillInForm,
        NumericForm,
        MatchingForm,
        OrderingForm,
        EssayForm,
    )
}
