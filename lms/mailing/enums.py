from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """What a mail is about; each kind has its templates in `templates/mailing/`."""

    CERTIFICATE_ISSUED = "certificate-issued", _("Certificate issued")
    EXAM_RESULT = "exam-result", _("Examination result")
    ENROLLED = "enrolled", _("Enrolled in a course")


# What the templates of a kind ask for; titles are given in the language of the mail.
CONTEXT_OF = {
    MessageKind.CERTIFICATE_ISSUED: {"name", "level", "serial", "url"},
    MessageKind.EXAM_RESULT: {"name", "exam", "points", "passed", "url"},
    MessageKind.ENROLLED: {"name", "course", "url"},
}


class MessageState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the recipient's server")
