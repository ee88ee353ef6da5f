from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Law(models.Model):
    """One row for every legal text that questions rest on."""

    holds_personal_data = False

    code = models.SlugField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("law", "legal text")
        verbose_name_plural = pgettext_lazy("law", "legal texts")

    def __str__(self) -> str:
        return self.title


class LawWording(models.Model):
    """One row for every day on which a new wording of a legal text came into force; added to, never edited.

    A question that rests on an older wording than the newest in force is flagged until somebody has read it.
    """

    holds_personal_data = False

    law = models.ForeignKey("exams.Law", on_delete=models.PROTECT, related_name="wordings")
    in_force_from = models.DateField(_("in force from"))
    note = models.CharField(_("what changed"), max_length=400, blank=True)
    source = models.CharField(_("source"), max_length=300)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("wording of a legal text")
        verbose_name_plural = _("wordings of legal texts")
        constraints = [
            models.UniqueConstraint(
                fields=("law", "in_force_from"),
                name="exams_law_wording_once",
                violation_error_message=_("A legal text has one wording from a day on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_id} {self.in_force_from}"


class LegalBasis(models.Model):
    """One row for every article that a question version rests on, in the wording in force from `as_of`."""

    holds_personal_data = False

    version = models.ForeignKey("exams.QuestionVersion", on_delete=models.PROTECT, related_name="legal_bases")
    law = models.ForeignKey("exams.Law", on_delete=models.PROTECT, related_name="bases")
    article = models.CharField(_("article"), max_length=40)
    as_of = models.DateField(_("wording in force from"))

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "law", "article"),
                name="exams_legal_basis_once",
                violation_error_message=_("A question version names an article of a law once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_id} {self.article}"
