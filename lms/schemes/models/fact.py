from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.schemes.enums import FactKind


class RequirementFact(models.Model):
    """One row for every thing that happened and that a level asks for; added to, never edited.

    A fact that turned out wrong gets a second fact with the opposite value. `source` names what it came
    from (`courses.item:12:uid`), once, so that posting twice changes nothing.
    """

    holds_personal_data = False

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    ref = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=9, decimal_places=2)
    source = models.CharField(max_length=160, unique=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("requirement fact")
        verbose_name_plural = _("requirement facts")
        indexes = [models.Index(fields=("person", "kind"))]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.ref} {self.value}"
