"""What each column of the sheet holds, for its page of explanations."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.exams.services.importing.columns import Column

MEANINGS: dict[str, Promise] = {
    Column.REF: _("Small letters, digits and hyphens, once in a bank and for ever. Empty: made from the words."),
    Column.KIND: _("One of the kinds on the sheet of codes. A question keeps its kind."),
    Column.STEM: _("What the candidate reads. Blanks are written {{1}}, {{2}} and so on, or ____."),
    Column.OPTIONS: _(
        "Use one column for each option. Here only if options have names of their own: name = text, one a line."
    ),
    Column.CHOICES: _("Matching only: what is matched to the options, one a line."),
    Column.KEY: _(
        "Choice: letters. True or false: the word for it. Blanks: one line each, wordings parted by |. "
        "Number: the number. Matching: a=x2, one a line. Ordering: the letters in their order. Essay: a model answer."
    ),
    Column.TOLERANCE: _("Number only: 0.5, or 2% of the value."),
    Column.UNIT: _("Number only: the unit behind the field. To be chosen: name = unit = factor, one a line."),
    Column.LIMIT: _("Essay only: at most so many characters, 50 to 4,000."),
    Column.RUBRIC: _("Essay only: [name] criterion, and below it one line for each level: points: what is worth them."),
    Column.EXPLANATION: _("Why the answer is right; candidates read it after the keys are released."),
    Column.SOURCE: _("Where it can be looked up, by article or page."),
    Column.TOPIC: _("A topic by its code; blueprints draw by it."),
    Column.DIFFICULTY: _("Easy, medium or hard, as the author expects it."),
    Column.LEVEL: _("The level that the question is for."),
    Column.MODULE: _("The module that the topic belongs to, by its code."),
    Column.COMPETENCY: _("A competency by its code."),
    Column.LAW: _("Code of the legal text, article, day from which this wording is in force, parted by /; one a line."),
    Column.CASE: _("The short name of a case on the sheet of cases; its questions are drawn together."),
    Column.FIGURES: _("Pictures that are in the bank already, by their numbers."),
    Column.STEM_EN: _("The same in English, with the same blanks."),
    Column.OPTIONS_EN: _("name = text, one a line."),
    Column.CHOICES_EN: _("name = text, one a line."),
    Column.UNIT_EN: _("The unit in English; for units to choose, name = unit, one a line."),
    Column.EXPLANATION_EN: _("The explanation in English."),
}
EXAMPLES: dict[str, str] = {
    Column.REF: "patent-term",
    Column.KIND: "单选题",
    Column.STEM: "发明专利权的期限为{{1}}年，自申请日起计算。",
    Column.OPTIONS: "licence = 许可使用\ntransfer = 转让",
    Column.CHOICES: "x1 = 二十年\nx2 = 十五年\nx3 = 十年",
    Column.KEY: "二十 | 20",
    Column.TOLERANCE: "0.5",
    Column.UNIT: "wan = 万元 = 1\nyuan = 元 = 0.0001",
    Column.LIMIT: "800",
    Column.RUBRIC: "[status] 法律状态\n4: 查登记簿和年费\n2: 只说到其中一项\n0: 没有提到",
    Column.SOURCE: "《专利法》第四十二条",
    Column.DIFFICULTY: "易",
    Column.LEVEL: "初级",
    Column.LAW: "pat/42/2021-06-01",
    Column.OPTIONS_EN: "a = twenty years",
}
