"""The screens of the platform in one table: what `make screens` photographs, and what it leaves out and why."""

from collections.abc import Iterator
from dataclasses import dataclass

BOTH = ("zh", "en")
SEND, CHECK = "main form button[type=submit]", "button[value=check]"
ASKED = ".lesson-asked a"
COURSE, SCENARIO, COHORT = "jtb-foundations", "d-01-gas-heater", "JTB-2026-A"
EXAM = "junior-2026-autumn"


@dataclass(frozen=True)
class Screen:
    """One screen: who looks, at which address, and how to get to an address that has a number in it.

    `shows` are the address names and page types that it stands for. With `link`, the first link on `path`
    whose address has these words is followed; with `press`, that button is pressed on the page reached.
    """

    name: str
    path: str
    role: str = ""
    shows: tuple[str, ...] = ()
    link: str = ""
    press: str = ""
    upload: str = ""
    languages: tuple[str, ...] = BOTH


def _public() -> Iterator[Screen]:
    yield Screen("home", "/", shows=("pages.homepage",))
    yield Screen("levels", "/levels/", shows=("pages.levelindexpage",))
    yield Screen("level-junior", "/levels/junior/", shows=("pages.levelpage",))
    yield Screen("level-intermediate", "/levels/intermediate/")
    yield Screen("level-senior", "/levels/senior/")
    yield Screen("courses", "/courses/", shows=("courses.courseindexpage", "courses:catalogue"))
    yield Screen("course", f"/courses/{COURSE}/", shows=("courses.coursepage",))
    yield Screen("simulations-explained", "/simulations-explained/", shows=("pages.simulationspage",))
    yield Screen("news", "/news/", shows=("pages.newsindexpage",))
    yield Screen("news-item", "/news/", link="/news/", shows=("pages.newspage",))
    yield Screen("policies", "/policies/", shows=("pages.policyindexpage",))
    yield Screen("policies-filtered", "/policies/?q=转化")
    yield Screen("policy", "/policies/", link="/policies/", shows=("pages.policypage",))
    yield Screen("bases", "/bases/", shows=("pages.basesindexpage",))
    yield Screen("base", "/bases/", link="/bases/", shows=("pages.trainingbasepage",))
    yield Screen("help", "/help/", shows=("pages.helpindexpage",))
    yield Screen("help-item", "/help/", link="/help/", shows=("pages.helppage",))
    yield Screen("glossary", "/glossary/", shows=("pages.glossarypage",))
    yield Screen("about", "/about/", shows=("pages.standardpage",))
    yield Screen("legal", "/legal/", shows=("pages.legalindexpage",))
    yield Screen("privacy", "/legal/privacy/", shows=("pages.legalpage",))
    yield Screen("terms", "/legal/terms/")
    yield Screen("accessibility", "/legal/accessibility/")
    yield Screen("search", "/search/?q=转化", shows=("pages:search",))
    yield Screen("search-nothing", "/search/?q=%E9%BE%98")
    yield Screen("verify", "/verify/", shows=("certificates:verify",))
    yield Screen("not-found", "/gone/")
    yield Screen("sign-in", "/accounts/login/")
    yield Screen("sign-up", "/accounts/signup/")
    yield Screen("password-forgotten", "/accounts/password/reset/")
    yield Screen("password-mailed", "/accounts/password/reset/done/")


def _learning() -> Iterator[Screen]:
    yield Screen("desk-newcomer", "/desk/", "newcomer")
    yield Screen("desk-trainee", "/desk/", "trainee", shows=("desks:desk",))
    yield Screen("desk-certificate-holder", "/desk/", "certificate-holder")
    yield Screen("me", "/me/", "trainee", shows=("desks:me",))
    yield Screen("requirement-map", "/me/level/junior/", "trainee", shows=("desks:level",))
    yield Screen("requirement-map-higher", "/me/level/intermediate/", "certificate-holder")
    yield Screen("notices", "/me/notices/", "certificate-holder", shows=("desks:notices",))
    yield Screen("notices-newcomer", "/me/notices/", "newcomer")
    yield Screen("notice-settings", "/me/notices/settings/", "trainee", shows=("desks:notice-settings",))
    yield Screen("mail-addresses", "/accounts/email/", "trainee")
    yield Screen("password", "/accounts/password/change/", "trainee")
    yield Screen("second-factor", "/accounts/2fa/", "trainee")
    yield Screen("sign-out", "/accounts/logout/", "trainee")
    yield Screen("my-applications", "/me/applications/", "newcomer", shows=("courses:my-applications",))
    yield Screen("courses-filtered", "/courses/?level=senior&mode=on-site")
    yield Screen("take-up-course", f"/courses/{COURSE}/enrol/", "newcomer", shows=("courses:enrol",))
    yield Screen("lesson", "/desk/", "trainee", link="/learn/", shows=("courses:lesson",))
    yield Screen("hours", "/desk/", "trainee", ("courses:hours",), "/learn/", "[href$='/hours/']")
    yield Screen("my-application", "/me/applications/", "certificate-holder", ("courses:my-application",), "/me/app")
    yield Screen("lesson-questions", "/desk/", "trainee", ("courses:discussion",), "/learn/", ASKED)
    yield Screen("my-announcements", "/me/announcements/", "trainee", shows=("courses:my-announcements",))
    yield Screen("practice", "/me/practice/", "trainee", shows=("courses:my-practice",))
    yield Screen(
        "practice-record", "/me/practice/", "trainee", link="/practice/records/", shows=("courses:my-practice-record",)
    )
    yield Screen("practice-new", "/me/practice/new/", "trainee", shows=("courses:new-practice",))
    yield Screen("calendar", "/me/calendar/", "trainee", shows=("courses:my-calendar",))
    yield Screen("credit-rules", "/me/credits/rules/", "certificate-holder", shows=("credits:rules",))
    yield Screen("ledger", "/me/ledger/", "certificate-holder", shows=("credits:statement",))
    yield Screen("standing", "/me/credits/", "certificate-holder", shows=("credits:standing",))
    yield Screen("papers", "/me/credits/papers/", "certificate-holder", shows=("credits:papers",))
    yield Screen("returns", "/me/credits/returns/", "certificate-holder", shows=("credits:returns",))
    yield Screen("return", "/me/credits/returns/", "certificate-holder", ("credits:return",), press=SEND)
    yield Screen("board", "/me/credits/boards/", "certificate-holder", ("credits:boards", "credits:board"))
    yield Screen("paper-check", "/ledger/check/", shows=("credits:check",))
    yield Screen("claims", "/me/credits/claims/", "certificate-holder", shows=("credits:claims",))
    yield Screen("claim", "/me/credits/claims/", "certificate-holder", ("credits:claim",), "/credits/claim/")
    yield Screen("claim-new", "/me/credits/claims/new/", "trainee", shows=("credits:claim-new",))
    yield Screen("claim-draft", "/me/credits/claims/", "trainee", link="/credits/claim/")
    yield Screen("claim-share", "/me/credits/claims/", "trainee", ("credits:share",), "/credits/shares/")
    yield Screen("portfolios", "/me/credits/portfolios/", "certificate-holder", shows=("credits:portfolios",))
    yield Screen(
        "portfolio", "/me/credits/portfolios/", "certificate-holder", ("credits:portfolio",), "/credits/portfolio/"
    )
    yield Screen("portfolio-new", "/me/credits/portfolios/new/", "trainee", shows=("credits:portfolio-new",))
    yield Screen("rewards", "/me/credits/rewards/", "certificate-holder", shows=("credits:rewards",))
    yield Screen("reward-new", "/me/credits/rewards/new/", "certificate-holder", shows=("credits:reward-new",))
    yield Screen("reward-rules", "/me/credits/rewards/rules/", "certificate-holder", shows=("credits:reward-rules",))
    yield Screen("reward", "/me/credits/rewards/", "certificate-holder", ("credits:reward",), "/rewards/kept/")
    yield Screen("ledger-newcomer", "/me/ledger/", "newcomer")
    yield Screen("exams", "/exams/", "certificate-holder", shows=("exams:list",))
    yield Screen("exams-newcomer", "/exams/", "newcomer")
    yield Screen("exam-start", "/exams/", "trainee", link="/start/", shows=("exams:start",))
    yield Screen("exam-room", "/exams/", "sitting", link="/start/", press=SEND, shows=("exams:room",))
    yield Screen("exam-check", "/exams/", "sitting", link="/exam/", press=CHECK, shows=("exams:submit",))
    yield Screen("exam-result", "/exams/", "certificate-holder", link="/result/", shows=("exams:result",))
    yield Screen("simulations", "/simulations/", "trainee", shows=("simulations:list",))
    yield Screen("briefing", f"/simulations/{SCENARIO}/", "trainee", shows=("simulations:briefing",))
    yield Screen("deal-room", "/simulations/", "sitting", link="/sim/", shows=("simulations:room",))
    yield Screen("debrief", "/simulations/", "certificate-holder", link="/debrief/", shows=("simulations:debrief",))
    yield Screen("certificates", "/me/certificates/", "certificate-holder", shows=("certificates:mine",))
    yield Screen(
        "renewal", "/me/certificates/", "certificate-holder", link="/me/renewal/", shows=("certificates:renewal",)
    )
    yield Screen("certificates-newcomer", "/me/certificates/", "newcomer")
    yield Screen(
        "verified", "/me/certificates/", "certificate-holder", link="/verify/TTM-", shows=("certificates:verification",)
    )


def _working() -> Iterator[Screen]:
    yield Screen("desk-trainer", "/desk/", "trainer")
    yield Screen("desk-marker", "/desk/", "marker")
    yield Screen("desk-manager", "/desk/", "base-manager")
    yield Screen("credit-versions", "/desk/credits/rules/", "base-manager", shows=("credits:desk-rules",))
    yield Screen("credit-version", "/desk/credits/rules/", "base-manager", ("credits:desk-rules-version",), "/rules/")
    yield Screen("course-versions", "/base/updates/", "base-manager", shows=("courses:releases",))
    yield Screen("desk-certifier", "/desk/", "certifier")
    yield Screen("desk-credit-claims", "/desk/credits/claims/", "base-manager", shows=("credits:desk-claims",))
    yield Screen(
        "desk-credit-claim", "/desk/credits/claims/", "base-manager", ("credits:desk-claim",), "/credits/claims/"
    )
    yield Screen("desk-credit-appeals", "/desk/credits/appeals/", "certifier", shows=("credits:desk-appeals",))
    yield Screen("desk-credit-samples", "/desk/credits/samples/", "base-manager", shows=("credits:desk-samples",))
    yield Screen("desk-violations", "/desk/credits/violations/", "base-manager", shows=("credits:desk-violations",))
    yield Screen(
        "desk-violation-new", "/desk/credits/violations/new/", "base-manager", shows=("credits:desk-violation-new",)
    )
    yield Screen("portfolio-desk", "/desk/credits/portfolios/", "certifier", shows=("credits:portfolio-desk",))
    yield Screen(
        "portfolio-review",
        "/desk/credits/portfolios/",
        "certifier",
        ("credits:portfolio-review",),
        "/credits/portfolio/",
    )
    yield Screen("desk-grant", "/desk/credits/grant/", "base-manager", shows=("credits:desk-grant",))
    yield Screen("desk-verifier", "/desk/", "verifier")
    yield Screen("desk-authority", "/desk/", "authority-officer")
    yield Screen("desk-staff", "/desk/", "staff")
    yield Screen("desk-two-roles", "/desk/", "two-roles")
    yield Screen("desk-search", "/desk/search/?q=王", "base-manager", shows=("desks:search",))
    yield Screen("notices-manager", "/me/notices/", "base-manager")
    yield Screen("cohort", f"/base/cohorts/{COHORT}/", "base-manager", shows=("cohorts:cohort",))
    yield Screen("roster", f"/base/cohorts/{COHORT}/roster/", "base-manager", shows=("cohorts:roster",))
    yield Screen(
        "roster-preview",
        f"/base/cohorts/{COHORT}/roster/",
        "base-manager",
        upload="roster-bad-check-digit.xlsx",
        press=SEND,
        shows=("cohorts:roster-preview",),
    )
    yield Screen("announcements", "/base/announcements/", "trainer", shows=("courses:announcements",))
    yield Screen("moderation", "/base/moderation/", "trainer", shows=("courses:moderation",))
    yield Screen("question", "/base/moderation/", "trainer", link="/discussion/", shows=("courses:question",))
    yield Screen("scenarios", "/desk/scenarios/", "staff", shows=("simulations:scenarios",))
    yield Screen("scenario-upload", "/desk/scenarios/upload/", "staff", shows=("simulations:scenario-upload",))
    yield Screen("scenario", "/desk/scenarios/1/", "staff", shows=("simulations:scenario-version",))
    yield Screen("scenario-whole", "/desk/scenarios/1/whole/", "staff", shows=("simulations:scenario-preview",))
    yield Screen("rules", "/desk/schemes/", "staff", shows=("schemes:versions",))
    yield Screen("rules-version", "/desk/schemes/", "staff", link="/desk/schemes/", shows=("schemes:version",))
    yield Screen("rules-differences", "/desk/schemes/2/differences/", "staff", shows=("schemes:differences",))
    yield Screen("offerings", "/base/offerings/", "base-manager", shows=("courses:offerings",))
    yield Screen("offering-new", "/base/offerings/new/", "base-manager", shows=("courses:new-offering",))
    yield Screen("applications", "/base/applications/", "base-manager", shows=("courses:base-applications",))
    yield Screen(
        "application",
        "/base/applications/",
        "base-manager",
        link="/base/applications/",
        shows=("courses:base-application",),
    )
    yield Screen("desk-returns", "/desk/credits/returns/", "base-manager", shows=("credits:desk-returns",))
    yield Screen("practice-queue", "/base/practice/", "base-manager", shows=("courses:base-practice",))
    yield Screen(
        "practice-decision",
        "/base/practice/",
        "base-manager",
        link="/base/practice/",
        shows=("courses:base-practice-record",),
    )
    yield Screen("renewals", "/desk/renewals/", "base-manager", shows=("certificates:renewals",))
    yield Screen("decisions", "/base/decisions/", "base-manager", shows=("certificates:decisions",))
    yield Screen("decisions-certifier", "/base/decisions/", "certifier")
    yield Screen("decision", "/base/decisions/", "certifier", link="/base/decisions/", shows=("certificates:decision",))


def _running_exams() -> Iterator[Screen]:
    yield Screen("exam-desk", "/desk/exams/", "base-manager", shows=("exams:desk",))
    yield Screen("exam-new", "/desk/exams/new/", "base-manager", shows=("exams:desk-new",))
    for name, end in (
        ("desk-exam", ""),
        ("desk-plan", "plan/"),
        ("desk-trial", "trial/"),
        ("desk-seats", "seats/"),
        ("desk-tickets", "tickets/"),
        ("desk-sign-in", "sign-in/"),
        ("desk-live", "live/"),
        ("desk-results", "results/"),
        ("desk-cut", "cut/"),
        ("desk-statistics", "statistics/"),
        ("desk-regrades", "regrades/"),
        ("desk-regrade-new", "regrades/new/"),
    ):
        path = f"/desk/exams/{EXAM}/{end}"
        yield Screen(f"exam-{name}", path, "base-manager", shows=(f"exams:{name}",))
    seats = f"/desk/exams/{EXAM}/seats/"
    yield Screen("exam-cohort", seats, "base-manager", link="/seats/cohort/", shows=("exams:desk-cohort",))
    yield Screen("exam-paper", seats, "base-manager", link="/print/", shows=("exams:desk-paper",))
    results = f"/desk/exams/{EXAM}/results/"
    yield Screen("exam-void", results, "base-manager", link="/void/", shows=("exams:desk-void",))


def _running_simulations() -> Iterator[Screen]:
    for name, end in (
        ("desk", ""),
        ("desk-assign", "assign/"),
        ("desk-queue", "attempts/"),
        ("desk-corrections", "corrections/"),
        ("desk-appeals", "appeals/"),
        ("desk-rescores", "rescores/"),
        ("desk-rescore-new", "rescores/new/"),
    ):
        path = f"/desk/simulations/{end}"
        yield Screen(f"simulation-{name}", path, "base-manager", shows=(f"simulations:{name}",))


def _editing() -> Iterator[Screen]:
    once = ("zh",)  # the editors' interface follows the person, not the address
    yield Screen("editor-home", "/cms-admin/", "staff", languages=once)
    yield Screen("editor-pages", "/cms-admin/pages/", "staff", languages=once)
    yield Screen("editor-page", "/cms-admin/pages/", "staff", link="/edit/", languages=once)
    yield Screen("editor-snippets", "/cms-admin/snippets/", "staff", languages=once)
    yield Screen("editor-reports", "/cms-admin/reports/workflow/", "reviewer", languages=once)


def _keeping_a_bank() -> Iterator[Screen]:
    yield Screen("banks", "/desk/bank/", "base-manager", shows=("exams:banks",))
    yield Screen("bank", "/desk/bank/", "base-manager", link="?state=published", shows=("exams:bank",))
    yield Screen("bank-new", "/desk/bank/new/", "base-manager", shows=("exams:bank-new",))
    yield Screen("laws", "/desk/bank/laws/", "base-manager", shows=("exams:laws",))


def _marking_and_mending() -> Iterator[Screen]:
    yield Screen("marking", "/desk/marking/", "base-manager", shows=("marking:home",))
    yield Screen("marking-mine", "/desk/marking/mine/", "marker", shows=("marking:mine",))
    yield Screen("marking-script", "/desk/marking/", "marker", link="/script/", shows=("marking:script",))
    yield Screen("marking-round", "/desk/marking/", "base-manager", link="/round/", shows=("marking:round",))
    yield Screen("marking-rubrics", "/desk/marking/rubrics/", "base-manager", shows=("marking:rubrics",))
    yield Screen("appeals", "/desk/appeals/", "base-manager", shows=("exams:desk-appeals",))
    yield Screen(
        "appeal-decision", "/desk/appeals/", "base-manager", link="/desk/appeals/", shows=("exams:desk-appeal",)
    )


SCREENS = [
    *_public(),
    *_learning(),
    *_working(),
    *_running_exams(),
    *_running_simulations(),
    *_keeping_a_bank(),
    *_marking_and_mending(),
    *_editing(),
]

_MACHINE = "read by machines, no page"
# Addresses and page types without a picture, each with its reason.
NOT_TAKEN = {
    "courses:offering": "behind the button that plans a new one; tests/courses/views/test_offerings.py",
    "courses:apply": "open to who meets the prerequisites; tests/courses/views/test_applying.py",
    "courses:base-hours": "reached from a trainee's hours; tests/courses/views/test_hours.py",
    "courses:application-document": "a file to save, no page",
    "healthz": _MACHINE,
    "readyz": _MACHINE,
    "registry": _MACHINE,
    "ledger-heads": _MACHINE,
    "issuer-did": _MACHINE,
    "status-list": _MACHINE,
    "sitemap": _MACHINE,
    "robots": _MACHINE,
    "pages:news-feed": _MACHINE,
    "api:schema": _MACHINE,
    "api:sim-view": _MACHINE,
    "certificates:pdf": "a file",
    "cohorts:roster-template": "a file",
    "courses:captions": "a file",
    "courses:update": "the demonstration has no later version to offer; tried in tests/courses/views/test_versions.py",
    "calendar-feed": _MACHINE,
    "courses:practice-evidence": "a file",
    "credits:claim-file": "a file",
    "credits:paper": "a file",
    "credits:proof": _MACHINE,
    "credits:return-file": "a file",
    "credits:desk-returns-file": "a file",
    "credits:desk-return": "of a return that was handed in; tests/lms/credits/views/test_returns.py",
    "credits:desk-rules-facts": "of a draft; tests/lms/credits/views/test_rule_versions.py",
    "credits:desk-rules-terms": "of a draft; tests/lms/credits/views/test_rule_versions.py",
    "credits:desk-rules-kind": "of a draft; tests/lms/credits/views/test_rule_versions.py",
    "credits:desk-rules-differences": "of a draft; tests/lms/credits/views/test_rule_versions.py",
    "credits:desk-rules-trial": "of a draft; tests/lms/credits/views/test_rule_trials.py",
    "credits:desk-rules-file": "a file",
    "credits:desk-rules-trial-file": "a file",
    "credits:desk-rules-try": "leads on to the dry run",
    "credits:desk-rules-publish": "leads back to the version",
    "credits:desk-rules-discard": "leads back to the versions",
    "credits:reward-sheet": "a file",
    "credits:desk-claims-bulk": "behind ticked claims; tests/lms/credits/views/test_queue.py",
    "credits:desk-appeal": "looks like a decided claim with a form; tests/lms/credits/views/test_appeals.py",
    "credits:desk-sample": "drawn after a month has ended; tests/lms/credits/views/test_samples.py",
    "credits:desk-violation": "none in the demonstration; tests/lms/credits/views/test_violations.py",
    "credits:violation": "none in the demonstration; tests/lms/credits/views/test_violations.py",
    "courses:continue": "leads on to the lesson",
    "courses:notes": "the sheet beside the lesson once more, for browsers without script",
    "courses:accept-answer": "leads back to the question",
    "courses:moderate": "leads back to the question",
    "schemes:facts": "a form of a draft, which the demonstration does not have",
    "schemes:study-rules": "a form of a draft, which the demonstration does not have",
    "schemes:add-rule": "a form of a draft, which the demonstration does not have",
    "schemes:rule": "a form of a draft, which the demonstration does not have",
    "schemes:renewal": "a form of a draft, which the demonstration does not have",
    "schemes:add-renewal-rule": "a form of a draft, which the demonstration does not have",
    "schemes:renewal-rule": "a form of a draft, which the demonstration does not have",
    "schemes:add-topic": "a form of a draft, which the demonstration does not have",
    "schemes:topic": "a form of a draft, which the demonstration does not have",
    "schemes:publish": "leads back to the version",
    "simulations:start": "leads on to the deal room",
    "simulations:desk-assignment": "reached from the list of what is set; tests/simulations/views/desk/test_desk.py",
    "simulations:desk-class": "reached from an assignment; tests/simulations/views/desk/test_desk.py",
    "simulations:desk-close": "leads back to the assignment",
    "simulations:desk-results-file": "a file",
    "simulations:desk-replay": "reached from the attempts; tests/simulations/views/desk/test_desk.py",
    "simulations:desk-correct": "reached from a replay; tests/simulations/views/desk/test_desk.py",
    "simulations:desk-take-back": "leads back to the replay",
    "simulations:desk-override": "of a correction that waits; tests/simulations/views/desk/test_desk.py",
    "simulations:desk-appeal": "for a week after a score; tests/simulations/views/desk/test_desk.py",
    "simulations:desk-rescore": "of a rescore under way; tests/simulations/views/desk/test_desk.py",
    "simulations:appeal": "for a week after a score; tests/simulations/views/desk/test_desk.py",
    "simulations:appeal-withdraw": "leads back to the appeal",
    "simulations:document": "a paper of the case, opened in the deal room",
    "simulations:scenario-source": "a file",
    "cohorts:switch-role": "leads back to the desk",
    "marking:agreement": "reached from a round; tests/lms/marking/views/test_rounds.py",
    "marking:agreement-sheet": "a file",
    "exams:bank-import": "reached from a bank; tests/lms/exams/views/test_importing.py",
    "marking:decide": "where two markers stay apart; tests/lms/marking/views/test_rounds.py",
    "marking:rubric": "reached from the rubrics; tests/lms/marking/views/test_rounds.py",
    "exams:appeal": "for a week after a result; tests/lms/exams/views/test_appeals.py",
    "exams:review": "opens when its phase does; tests/lms/exams/views/test_reviewing.py",
    "exams:figure": "a file",
    "exams:desk-regrade": "of a correction under way; tests/lms/exams/views/test_regrades.py",
    "exams:bank-export": "a file",
    "exams:bank-import-marked": "a file",
    "exams:bank-import-template": "a file",
    "exams:bank-import-preview": "of a file just sent; tests/lms/exams/views/test_importing.py",
    "exams:bank-question": "reached from the list of a bank; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:question-edit": "behind the button that begins a version; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:question-new": "reached from the list of a bank; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:case": "reached from the list of a bank; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:case-edit": "reached from a case; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:case-new": "reached from the list of a bank; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:bank-figures": "reached from the list of a bank; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:bank-figure": "a file",
    "exams:law": "for the editors of the platform; tests/lms/exams/views/bank/test_bank_desk.py",
    "exams:desk-seat": "reached from the seats; tests/lms/exams/views/desk/test_seating.py",
    "exams:desk-seating": "work under way, gone in a moment; tests/lms/exams/views/desk/test_seating.py",
    "exams:desk-results-file": "a file",
    "desks:notice": "leads on to what the notice is about",
    "pages:large-print": "leads back to the page it was asked on",
}
