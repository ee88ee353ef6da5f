"""A stranger holds the paper: by number, by file, and with no network at all."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.demo.story import Story


def look_it_up(story: Story) -> str:
    """Page and API answer for the number with the check code, and for the number with the name."""
    certificate = story.found["certificate"]
    story.stranger.get(f"/verify/{certificate.serial}?c={certificate.check_code}")
    for proof in ({"code": certificate.check_code}, {"name": story.whom.real_name}):
        answer = story.stranger.api("/api/v1/certificates/lookup", {"serial": certificate.serial, **proof})
        story.expect(answer["result"] == "valid", "look-up", f"the answer was {answer['result']}")
    return certificate.serial


def upload_the_file(story: Story) -> str:
    """The PDF itself is handed in and found to be ours."""
    file = SimpleUploadedFile("certificate.pdf", story.found["pdf"], "application/pdf")
    response = story.stranger.client.post("/api/v1/certificates/verify", {"file": file})
    answer = json.loads(response.content)
    story.expect(answer.get("result") == "valid", "upload", f"the answer was {answer}")
    return f"{len(answer['checks'])} checks"


def _verify_alone(file: Path, trust: Path) -> str:
    """Run the command in an empty folder, with neither database nor secret nor address of the platform."""
    with tempfile.TemporaryDirectory() as empty:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(settings.REPO_DIR),
            "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
            "JIQIAO_DATA_DIR": str(Path(empty) / "nothing"),
            "LANG": "C.UTF-8",
        }
        command = [sys.executable, "-m", "django", "verify_credential", str(file), "--trust", str(trust), "--json"]
        outcome = subprocess.run(  # noqa: S603 -- our own command on our own file
            command, cwd=empty, env=environment, capture_output=True, text=True, check=False
        )
        left_behind = list(Path(empty).iterdir())
    if left_behind or not outcome.stdout:
        return outcome.stderr[-300:] or f"left behind: {left_behind}"
    return str(json.loads(outcome.stdout)["result"])


def verify_offline(story: Story) -> str:
    """Both files verify in an empty folder."""
    for name in ("certificate.pdf", "credential.json"):
        result = _verify_alone((story.folder / name).resolve(), story.folder.resolve())
        story.expect(result == "valid", "offline", f"{name}: {result}")
    return "certificate.pdf, credential.json: valid"


def refuse_a_changed_file(story: Story) -> str:
    """One changed character of the credential, and it is refused."""
    text = (story.folder / "credential.json").read_text()
    changed = text.replace(story.whom.real_name, story.whom.real_name[:-1] + "木")
    story.expect(changed != text, "tamper", "the name does not stand in the credential")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "credential.json"
        file.write_text(changed)
        result = _verify_alone(file, story.folder.resolve())
    story.expect(result == "invalid", "tamper", f"the answer was {result}")
    return "changed credential: invalid"
