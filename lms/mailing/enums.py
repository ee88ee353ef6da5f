"""What the platform tells people, and by which ways."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeGroup(models.TextChoices):
    """What belongs together in the filter of the notice page, and in what a reader switches off."""

    STUDY = "study", _("Courses and class hours")
    EXAMS = "exams", pgettext_lazy("notices", "Examinations")
    SIMULATIONS = "simulations", pgettext_lazy("notices", "Deal simulations")
    CREDITS = "credits", _("Contribution credits")
    CERTIFICATES = "certificates", pgettext_lazy("notices", "Certificates")
    WORK = "work", _("Work for the training base")


class NoticeKind(models.TextChoices):
    """What a notice is about; its sentence is in `selectors/wording.py`."""

    ENROLLED = "enrolled", _("Enrolled in a course")
    HOURS_POSTED = "hours-posted", _("Class hours credited")
    CREDITS_POSTED = "credits-posted", _("Contribution credits posted")
    STUDY_CORRECTED = "study-corrected", _("Study time corrected")
    ANNOUNCED = "announced", _("Announcement of a training base")
    QUESTION_ANSWERED = "question-answered", _("Answer to a question of yours")
    ANSWER_ACCEPTED = "answer-accepted", _("Answer of yours accepted")
    POST_PUBLISHED = "post-published", _("Contribution published")
    POST_HIDDEN = "post-hidden", _("Contribution hidden")
    EXAM_SEAT = "exam-seat", _("Seat in an examination")
    EXAM_RESULT = "exam-result", _("Examination result")
    EXAM_CORRECTED = "exam-corrected", _("Examination result corrected")
    APPEAL_WAITING = "appeal-waiting", _("Appeal waiting")
    APPEAL_DECIDED = "appeal-decided", _("Appeal decided")
    REGRADE_WAITING = "regrade-waiting", _("Correction of an examination waiting")
    DEBRIEF_READY = "debrief-ready", _("Debrief of a deal simulation")
    SIMULATION_ASSIGNED = "simulation-assigned", _("Deal simulation set to your class")
    SIMULATION_COMMENTED = "simulation-commented", _("Comment on a deal simulation")
    SIMULATION_CORRECTED = "simulation-corrected", _("Score of a deal simulation corrected")
    SIMULATION_APPEAL_DECIDED = "simulation-appeal-decided", _("Appeal about a deal simulation decided")
    SIMULATION_APPEAL_WAITING = "simulation-appeal-waiting", _("Appeal about a deal simulation waiting")
    SIMULATION_REVIEW_WAITING = "simulation-review-waiting", _("Correction of a deal simulation waiting")
    CERTIFICATE_ISSUED = "certificate-issued", _("Certificate issued")
    CERTIFICATE_REVOKED = "certificate-revoked", _("Certificate revoked")
    DECISION_WAITING = "decision-waiting", _("Decision waiting")
    DECISION_APPROVED = "decision-approved", _("Decision approved")
    DECISION_REFUSED = "decision-refused", _("Decision refused")
    APPLICATION_WAITING = "application-waiting", _("Application waiting")
    APPLICATION_RETURNED = "application-returned", _("Application returned for completion")
    APPLICATION_REFUSED = "application-refused", _("Application refused")
    PRACTICE_WAITING = "practice-waiting", _("Practice record waiting")
    PRACTICE_CONFIRMED = "practice-confirmed", _("Practice record confirmed")
    PRACTICE_RETURNED = "practice-returned", _("Practice record returned for completion")
    PRACTICE_REFUSED = "practice-refused", _("Practice record refused")
    MARKING_WAITING = "marking-waiting", _("Scripts to be marked")
    MARKING_DUE = "marking-due", _("Marking due soon")
    MARKING_LEAD = "marking-lead", _("Script that needs the lead")
    EXAM_TOMORROW = "exam-tomorrow", _("Examination tomorrow")
    OFFERING_SOON = "offering-soon", _("Course begins soon")
    STUDY_QUIET = "study-quiet", _("No study for a week")
    CLAIM_WAITING = "claim-waiting", _("Credit claim waiting")
    CLAIM_OVERDUE = "claim-overdue", _("Credit claims overdue")
    CLAIM_RETURNED = "claim-returned", _("Credit claim returned for completion")
    CLAIM_CONFIRMED = "claim-confirmed", _("Credit claim confirmed")
    CLAIM_REJECTED = "claim-rejected", _("Credit claim rejected")
    SHARE_ASKED = "share-asked", _("Share of a credit claim to be answered")
    SHARE_ANSWERED = "share-answered", _("Share of a credit claim answered")
    CREDIT_APPEAL_WAITING = "credit-appeal-waiting", _("Appeal about a credit claim waiting")
    CREDIT_APPEAL_DECIDED = "credit-appeal-decided", _("Appeal about credits decided")
    SAMPLE_WAITING = "sample-waiting", _("Confirmed claims drawn for a second look")
    CREDITS_TAKEN_BACK = "credits-taken-back", _("Contribution credits taken back")
    VIOLATION_WAITING = "violation-waiting", _("Violation to be confirmed by a second person")
    VIOLATION_CONFIRMED = "violation-confirmed", _("Credits lost by a violation")
    CREDITS_GRANTED = "credits-granted", _("Contribution credits granted")
    CREDITS_EXPIRING = "credits-expiring", _("Contribution credits will soon stop counting")
    RENEWAL_DUE = "renewal-due", _("Certificate to be renewed")
    CERTIFICATE_LAPSED = "certificate-lapsed", _("Certificate lapsed")
    RENEWAL_ASKED = "renewal-asked", _("Renewal of a certificate waiting")
    PORTFOLIO_WAITING = "portfolio-waiting", _("Portfolio waiting")
    PORTFOLIO_DECIDED = "portfolio-decided", _("Portfolio decided")
    RULES_TRIED = "rules-tried", _("Dry run of credit rules finished")
    RULES_PUBLISHED = "rules-published", _("New credit rules")
    ROSTER_IMPORTED = "roster-imported", _("Roster imported")
    JOB_FAILED = "job-failed", _("Background job failed")


GROUP_OF = {
    NoticeKind.ENROLLED: NoticeGroup.STUDY,
    NoticeKind.HOURS_POSTED: NoticeGroup.STUDY,
    NoticeKind.CREDITS_POSTED: NoticeGroup.CREDITS,
    NoticeKind.STUDY_CORRECTED: NoticeGroup.STUDY,
    NoticeKind.ANNOUNCED: NoticeGroup.STUDY,
    NoticeKind.QUESTION_ANSWERED: NoticeGroup.STUDY,
    NoticeKind.ANSWER_ACCEPTED: NoticeGroup.STUDY,
    NoticeKind.POST_PUBLISHED: NoticeGroup.STUDY,
    NoticeKind.POST_HIDDEN: NoticeGroup.STUDY,
    NoticeKind.EXAM_SEAT: NoticeGroup.EXAMS,
    NoticeKind.EXAM_RESULT: NoticeGroup.EXAMS,
    NoticeKind.EXAM_CORRECTED: NoticeGroup.EXAMS,
    NoticeKind.APPEAL_WAITING: NoticeGroup.WORK,
    NoticeKind.APPEAL_DECIDED: NoticeGroup.EXAMS,
    NoticeKind.REGRADE_WAITING: NoticeGroup.WORK,
    NoticeKind.DEBRIEF_READY: NoticeGroup.SIMULATIONS,
    NoticeKind.SIMULATION_ASSIGNED: NoticeGroup.SIMULATIONS,
    NoticeKind.SIMULATION_COMMENTED: NoticeGroup.SIMULATIONS,
    NoticeKind.SIMULATION_CORRECTED: NoticeGroup.SIMULATIONS,
    NoticeKind.SIMULATION_APPEAL_DECIDED: NoticeGroup.SIMULATIONS,
    NoticeKind.SIMULATION_APPEAL_WAITING: NoticeGroup.WORK,
    NoticeKind.SIMULATION_REVIEW_WAITING: NoticeGroup.WORK,
    NoticeKind.CERTIFICATE_ISSUED: NoticeGroup.CERTIFICATES,
    NoticeKind.CERTIFICATE_REVOKED: NoticeGroup.CERTIFICATES,
    NoticeKind.DECISION_WAITING: NoticeGroup.WORK,
    NoticeKind.DECISION_APPROVED: NoticeGroup.WORK,
    NoticeKind.DECISION_REFUSED: NoticeGroup.WORK,
    NoticeKind.APPLICATION_WAITING: NoticeGroup.WORK,
    NoticeKind.APPLICATION_RETURNED: NoticeGroup.STUDY,
    NoticeKind.APPLICATION_REFUSED: NoticeGroup.STUDY,
    NoticeKind.PRACTICE_WAITING: NoticeGroup.WORK,
    NoticeKind.PRACTICE_CONFIRMED: NoticeGroup.STUDY,
    NoticeKind.PRACTICE_RETURNED: NoticeGroup.STUDY,
    NoticeKind.PRACTICE_REFUSED: NoticeGroup.STUDY,
    NoticeKind.MARKING_WAITING: NoticeGroup.WORK,
    NoticeKind.MARKING_DUE: NoticeGroup.WORK,
    NoticeKind.MARKING_LEAD: NoticeGroup.WORK,
    NoticeKind.EXAM_TOMORROW: NoticeGroup.EXAMS,
    NoticeKind.OFFERING_SOON: NoticeGroup.STUDY,
    NoticeKind.STUDY_QUIET: NoticeGroup.STUDY,
    NoticeKind.CLAIM_WAITING: NoticeGroup.WORK,
    NoticeKind.CLAIM_OVERDUE: NoticeGroup.WORK,
    NoticeKind.CLAIM_RETURNED: NoticeGroup.CREDITS,
    NoticeKind.CLAIM_CONFIRMED: NoticeGroup.CREDITS,
    NoticeKind.CLAIM_REJECTED: NoticeGroup.CREDITS,
    NoticeKind.SHARE_ASKED: NoticeGroup.CREDITS,
    NoticeKind.SHARE_ANSWERED: NoticeGroup.CREDITS,
    NoticeKind.CREDIT_APPEAL_WAITING: NoticeGroup.WORK,
    NoticeKind.CREDIT_APPEAL_DECIDED: NoticeGroup.CREDITS,
    NoticeKind.SAMPLE_WAITING: NoticeGroup.WORK,
    NoticeKind.CREDITS_TAKEN_BACK: NoticeGroup.CREDITS,
    NoticeKind.VIOLATION_WAITING: NoticeGroup.WORK,
    NoticeKind.VIOLATION_CONFIRMED: NoticeGroup.CREDITS,
    NoticeKind.CREDITS_GRANTED: NoticeGroup.CREDITS,
    NoticeKind.CREDITS_EXPIRING: NoticeGroup.CREDITS,
    NoticeKind.RENEWAL_DUE: NoticeGroup.CERTIFICATES,
    NoticeKind.CERTIFICATE_LAPSED: NoticeGroup.CERTIFICATES,
    NoticeKind.RENEWAL_ASKED: NoticeGroup.WORK,
    NoticeKind.PORTFOLIO_WAITING: NoticeGroup.WORK,
    NoticeKind.PORTFOLIO_DECIDED: NoticeGroup.CREDITS,
    NoticeKind.RULES_TRIED: NoticeGroup.WORK,
    NoticeKind.RULES_PUBLISHED: NoticeGroup.CREDITS,
    NoticeKind.ROSTER_IMPORTED: NoticeGroup.WORK,
    NoticeKind.JOB_FAILED: NoticeGroup.WORK,
}


def kinds_in(group: NoticeGroup) -> list[NoticeKind]:
    """The kinds of one group."""
    return [kind for kind, its in GROUP_OF.items() if its == group]


class MessageKind(models.TextChoices):
    """What a mail is about; each kind has its templates in `templates/mailing/`, and is a `NoticeKind` too."""

    ENROLLED = "enrolled", _("Enrolled in a course")
    EXAM_SEAT = "exam-seat", _("Seat in an examination")
    EXAM_RESULT = "exam-result", _("Examination result")
    EXAM_CORRECTED = "exam-corrected", _("Examination result corrected")
    APPEAL_WAITING = "appeal-waiting", _("Appeal waiting")
    APPEAL_DECIDED = "appeal-decided", _("Appeal decided")
    REGRADE_WAITING = "regrade-waiting", _("Correction of an examination waiting")
    CERTIFICATE_ISSUED = "certificate-issued", _("Certificate issued")
    CERTIFICATE_REVOKED = "certificate-revoked", _("Certificate revoked")
    DECISION_WAITING = "decision-waiting", _("Decision waiting")
    APPLICATION_WAITING = "application-waiting", _("Application waiting")
    APPLICATION_RETURNED = "application-returned", _("Application returned for completion")
    APPLICATION_REFUSED = "application-refused", _("Application refused")
    PRACTICE_WAITING = "practice-waiting", _("Practice record waiting")
    PRACTICE_RETURNED = "practice-returned", _("Practice record returned for completion")
    PRACTICE_REFUSED = "practice-refused", _("Practice record refused")
    MARKING_WAITING = "marking-waiting", _("Scripts to be marked")
    MARKING_DUE = "marking-due", _("Marking due soon")
    MARKING_LEAD = "marking-lead", _("Script that needs the lead")
    EXAM_TOMORROW = "exam-tomorrow", _("Examination tomorrow")
    OFFERING_SOON = "offering-soon", _("Course begins soon")
    STUDY_QUIET = "study-quiet", _("No study for a week")
    CLAIM_WAITING = "claim-waiting", _("Credit claim waiting")
    CLAIM_RETURNED = "claim-returned", _("Credit claim returned for completion")
    CLAIM_REJECTED = "claim-rejected", _("Credit claim rejected")
    SHARE_ASKED = "share-asked", _("Share of a credit claim to be answered")
    CREDIT_APPEAL_WAITING = "credit-appeal-waiting", _("Appeal about a credit claim waiting")
    CREDIT_APPEAL_DECIDED = "credit-appeal-decided", _("Appeal about credits decided")
    CREDITS_TAKEN_BACK = "credits-taken-back", _("Contribution credits taken back")
    VIOLATION_CONFIRMED = "violation-confirmed", _("Credits lost by a violation")
    CREDITS_EXPIRING = "credits-expiring", _("Contribution credits will soon stop counting")
    RENEWAL_DUE = "renewal-due", _("Certificate to be renewed")
    CERTIFICATE_LAPSED = "certificate-lapsed", _("Certificate lapsed")
    RENEWAL_ASKED = "renewal-asked", _("Renewal of a certificate waiting")
    PORTFOLIO_WAITING = "portfolio-waiting", _("Portfolio waiting")
    PORTFOLIO_DECIDED = "portfolio-decided", _("Portfolio decided")


# Groups with something to switch off. That a certificate was revoked or credits were lost is mailed whatever a reader
# chose.
MAILED_GROUPS = [group for group in NoticeGroup if any(GROUP_OF[NoticeKind(kind)] == group for kind in MessageKind)]
ALWAYS_MAILED = {MessageKind.CERTIFICATE_REVOKED, MessageKind.VIOLATION_CONFIRMED}

# What the sentence of a kind asks for: ids, amounts, titles in both languages.
TOLD_OF = {
    NoticeKind.ENROLLED: {"course"},
    NoticeKind.HOURS_POSTED: {"minutes", "lines"},
    NoticeKind.CREDITS_POSTED: {"points", "lines"},
    NoticeKind.STUDY_CORRECTED: {"lesson", "minutes", "reason"},
    NoticeKind.ANNOUNCED: {"course", "title"},
    NoticeKind.QUESTION_ANSWERED: {"question"},
    NoticeKind.ANSWER_ACCEPTED: {"question"},
    NoticeKind.POST_PUBLISHED: {"question"},
    NoticeKind.POST_HIDDEN: {"question", "reason"},
    NoticeKind.EXAM_SEAT: {"exam", "opens", "closes", "minutes", "ticket"},
    NoticeKind.EXAM_RESULT: {"exam", "points", "passed"},
    NoticeKind.EXAM_CORRECTED: {"exam", "points", "before", "passed", "reason"},
    NoticeKind.APPEAL_WAITING: {"person", "exam", "day", "organisation"},
    NoticeKind.APPEAL_DECIDED: {"exam", "points", "upheld"},
    NoticeKind.REGRADE_WAITING: {"exam", "organisation"},
    NoticeKind.DEBRIEF_READY: {"scenario", "score"},
    NoticeKind.SIMULATION_ASSIGNED: {"scenario", "opens", "closes", "attempts"},
    NoticeKind.SIMULATION_COMMENTED: {"scenario"},
    NoticeKind.SIMULATION_CORRECTED: {"scenario", "score", "before", "reason"},
    NoticeKind.SIMULATION_APPEAL_DECIDED: {"scenario", "score", "upheld"},
    NoticeKind.SIMULATION_APPEAL_WAITING: {"person", "scenario", "day", "organisation"},
    NoticeKind.SIMULATION_REVIEW_WAITING: {"scenario", "organisation"},
    NoticeKind.CERTIFICATE_ISSUED: {"level", "serial"},
    NoticeKind.CERTIFICATE_REVOKED: {"level", "serial", "reason"},
    NoticeKind.DECISION_WAITING: {"person", "level", "organisation"},
    NoticeKind.DECISION_APPROVED: {"person", "level"},
    NoticeKind.DECISION_REFUSED: {"person", "level", "reason"},
    NoticeKind.APPLICATION_WAITING: {"person", "offering", "organisation"},
    NoticeKind.APPLICATION_RETURNED: {"offering", "reason"},
    NoticeKind.APPLICATION_REFUSED: {"offering", "reason"},
    NoticeKind.PRACTICE_WAITING: {"person", "record", "organisation"},
    NoticeKind.PRACTICE_CONFIRMED: {"record"},
    NoticeKind.PRACTICE_RETURNED: {"record", "reason"},
    NoticeKind.PRACTICE_REFUSED: {"record", "reason"},
    NoticeKind.MARKING_WAITING: {"round", "organisation"},
    NoticeKind.MARKING_DUE: {"round", "open", "due"},
    NoticeKind.MARKING_LEAD: {"round", "code", "organisation"},
    NoticeKind.EXAM_TOMORROW: {"exam", "opens", "closes", "ticket"},
    NoticeKind.OFFERING_SOON: {"offering", "course", "day"},
    NoticeKind.STUDY_QUIET: {"course", "percent"},
    NoticeKind.CLAIM_WAITING: {"person", "claim", "organisation"},
    NoticeKind.CLAIM_OVERDUE: {"claims", "organisation"},
    NoticeKind.CLAIM_RETURNED: {"claim", "reason", "day"},
    NoticeKind.CLAIM_CONFIRMED: {"claim", "points", "held_back"},
    NoticeKind.CLAIM_REJECTED: {"claim", "reason", "day"},
    NoticeKind.SHARE_ASKED: {"person", "claim", "percent"},
    NoticeKind.SHARE_ANSWERED: {"person", "claim", "agreed", "reason"},
    NoticeKind.CREDIT_APPEAL_WAITING: {"person", "claim", "day", "organisation"},
    NoticeKind.CREDIT_APPEAL_DECIDED: {"claim", "upheld"},
    NoticeKind.SAMPLE_WAITING: {"claims", "organisation"},
    NoticeKind.CREDITS_TAKEN_BACK: {"claim", "points", "reason"},
    NoticeKind.VIOLATION_WAITING: {"person", "organisation"},
    NoticeKind.VIOLATION_CONFIRMED: {"violation", "points", "day"},
    NoticeKind.CREDITS_GRANTED: {"claim", "points", "organisation"},
    NoticeKind.CREDITS_EXPIRING: {"points", "day"},
    NoticeKind.RENEWAL_DUE: {"level", "serial", "until", "days"},
    NoticeKind.CERTIFICATE_LAPSED: {"level", "serial", "until"},
    NoticeKind.RENEWAL_ASKED: {"person", "level", "serial", "organisation"},
    NoticeKind.PORTFOLIO_WAITING: {"person", "level", "organisation"},
    NoticeKind.PORTFOLIO_DECIDED: {"level", "outcome", "reason"},
    NoticeKind.RULES_TRIED: {"version", "people"},
    NoticeKind.RULES_PUBLISHED: {"version", "day"},
    NoticeKind.ROSTER_IMPORTED: {"cohort", "created", "updated", "errors"},
    NoticeKind.JOB_FAILED: {"task", "error"},
}

# What the templates of a mail ask for; titles are given in the language of the mail.
CONTEXT_OF = {kind: {*TOLD_OF[NoticeKind(kind)], "name", "url"} for kind in MessageKind}


class MessageState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the recipient's server")
