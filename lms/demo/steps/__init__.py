"""The steps of the way, in order; a level has a way when its scheme, course, exam and scenarios are there."""

from lms.demo.story import Step
from lms.kernel.levels import LevelCode

from . import certifying, dealing, examining, joining, studying, verifying

JUNIOR: list[tuple[str, Step]] = [
    ("roster", joining.import_roster),
    ("sign-in", joining.sign_in),
    ("enrol", studying.enrol),
    ("study", studying.study_every_lesson),
    ("hours", studying.read_the_hour_ledger),
    ("exam", examining.sit_the_exam),
    ("simulation", dealing.play_the_simulations),
    ("credits", dealing.read_the_credit_ledger),
    ("why-not-yet", certifying.ask_what_is_missing),
    ("prepare", certifying.prepare_the_decision),
    ("approve", certifying.approve_the_decision),
    ("issue", certifying.issue_the_certificate),
    ("background-work", certifying.do_background_work),
    ("download", certifying.download_the_certificate),
    ("bundle", certifying.keep_the_files),
    ("look-up", verifying.look_it_up),
    ("upload", verifying.upload_the_file),
    ("offline", verifying.verify_offline),
    ("tamper", verifying.refuse_a_changed_file),
]

STEPS: dict[LevelCode, list[tuple[str, Step]]] = {LevelCode.JUNIOR: JUNIOR}
