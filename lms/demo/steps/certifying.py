"""From evidence to a certificate: one prepares, another approves, the platform issues and signs."""

from typing import TYPE_CHECKING

from certificates.services.deciding import FourEyes, approve_decision, prepare_decision
from certificates.services.exporting import export_bundle
from certificates.services.issuing import issue
from lms.accounts.selectors.users import user_by_mail
from lms.demo import cast
from lms.demo.story import Story
from lms.demo.visiting import letters_to
from lms.jobs.services.work import drain
from lms.kernel.clock import now
from lms.kernel.levels import LevelCode
from lms.schemes.selectors.current import current_version, level_of
from lms.schemes.selectors.standing import standing

if TYPE_CHECKING:
    from lms.accounts.models import User


def _user(visitor_email: str) -> "User":
    user = user_by_mail(visitor_email)
    if user is None:
        raise LookupError(visitor_email)
    return user


def ask_what_is_missing(story: Story) -> str:
    """Every requirement of the level is met, and the platform says so leaf by leaf."""
    where = standing(person_id=story.whom.pk, level=level_of(current_version(now()), LevelCode.JUNIOR))
    missing = [leaf.why for leaf in where.missing_leaves()]
    story.expect(where.met, "why-not-yet", "; ".join(missing))
    return f"{len(list(where.leaves()))} requirements met"


def prepare_the_decision(story: Story) -> str:
    """The base's manager freezes the evidence, and may not approve it."""
    decision = prepare_decision(
        person=story.whom,
        level=LevelCode.JUNIOR,
        organisation=story.seeded.base,
        prepared_by=_user(story.manager.email),
        now=story.later(hours=5),
    )
    story.found["decision"] = decision
    try:
        approve_decision(decision=decision, approved_by=_user(story.manager.email), now=now())
    except FourEyes:
        return f"certificates.decision:{decision.pk} evidence {decision.evidence_hash[:12]}"
    story.expect(False, "prepare", "the person who prepared could approve as well")
    return ""


def approve_the_decision(story: Story) -> str:
    """Another person looks at the evidence and approves."""
    story.certifier.sign_in(cast.PASSWORD)
    story.certifier.get("/base/decisions/")
    decision = approve_decision(
        decision=story.found["decision"], approved_by=_user(story.certifier.email), now=story.later(hours=2)
    )
    story.found["decision"] = decision
    return f"approved by {story.certifier.email}"


def issue_the_certificate(story: Story) -> str:
    """The certificate gets its serial and its signature; asking twice gives the same one."""
    moment = story.later(minutes=10)
    certificate = issue(decision=story.found["decision"], now=moment, issued_by=_user(story.certifier.email))
    again = issue(decision=story.found["decision"], now=moment, issued_by=_user(story.certifier.email))
    story.expect(certificate.pk == again.pk, "issue", "issuing twice gave two certificates")
    story.found["certificate"] = certificate
    return str(certificate.serial)


def do_background_work(story: Story) -> str:
    """Whatever waits is carried out: the PDF is drawn, the mails go out."""
    done = drain(now=story.later(minutes=1), clock=now)
    story.expect(
        any(story.found["certificate"].serial in letter for letter in letters_to(story.learner.email)),
        "background-work",
        "no mail tells the trainee about the certificate",
    )
    return f"{done} jobs"


def download_the_certificate(story: Story) -> str:
    """The holder finds the certificate among their own and downloads the file."""
    serial = story.found["certificate"].serial
    story.trainee.get("/me/certificates/")
    answer = story.trainee.get(f"/me/certificates/{serial}/pdf")
    content = b"".join(answer)
    story.expect(content.startswith(b"%PDF-"), "download", "the file is no PDF")
    story.found["pdf"] = content
    return f"{len(content)} bytes"


def keep_the_files(story: Story) -> str:
    """Everything that a stranger needs to verify lies in one folder."""
    export_bundle(certificate=story.found["certificate"], folder=story.folder)
    names = sorted(path.name for path in story.folder.iterdir())
    wanted = {"certificate.pdf", "credential.json", "transcript.json", "evidence.json", "did.json"}
    story.expect(wanted <= set(names), "bundle", f"missing: {sorted(wanted - set(names))}")
    story.expect(any(name.startswith("status-") for name in names), "bundle", "no status list")
    return ", ".join(names)
