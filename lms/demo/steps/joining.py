"""Onto the roster, and in at the door."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from lms.accounts.selectors.people import people_by_mail
from lms.cohorts.services.rosters.columns import HEADINGS, Column
from lms.cohorts.services.rosters.samples import workbook_bytes
from lms.demo import cast
from lms.demo.seeding import COHORT
from lms.demo.story import Story
from lms.demo.visiting import letters_to

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (Column.NAME, Column.LATIN_NAME, Column.MAIL, Column.NUMBER, Column.EMPLOYER)


def import_roster(story: Story) -> str:
    """The base's manager uploads a spreadsheet with the trainee, looks at the verdicts, and writes it."""
    learner = story.learner
    headings = [HEADINGS[column][0] for column in _COLUMNS]
    row = [learner.name, learner.latin_name, learner.email, learner.identity_number, learner.employer]
    file = SimpleUploadedFile("roster.xlsx", workbook_bytes([headings, row]), WORKBOOK)
    story.manager.sign_in(cast.PASSWORD)
    preview = story.manager.post(f"/base/cohorts/{COHORT}/roster/", {"file": file})["Location"]
    story.manager.get(preview)
    story.expect(not people_by_mail([learner.email]), "roster", "looking at the verdicts must not write anything")
    story.manager.post(preview, {"decision": "write"})
    story.person = people_by_mail([learner.email]).get(learner.email)
    story.expect(story.person, "roster", "the trainee did not come onto the roster")
    return f"accounts.person:{story.whom.uid}"


def sign_in(story: Story) -> str:
    """The trainee sets a password by the link in a mail, and signs in with it."""
    story.trainee.post("/accounts/password/reset/", {"email": story.learner.email})
    letter = letters_to(story.learner.email)[-1]
    link = re.search(r"https?://[^/\s]+(/\S*accounts/password/reset/key/\S+)", letter)
    if link is None:
        story.expect(False, "sign-in", "the mail carries no link to a new password")
        return ""
    form = story.trainee.get(link[1], expect=302)["Location"]
    story.trainee.post(form, {"password1": cast.PASSWORD, "password2": cast.PASSWORD})
    story.trainee.sign_in(cast.PASSWORD)
    story.trainee.get("/desk/")
    return story.learner.email
