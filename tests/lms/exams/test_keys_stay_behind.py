"""The key to a question is named by few modules, and leaves the house by none before its moment."""

import ast
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from lms.exams.services.bank_file import read_bank
from tests.factories.exams import make_attempt

ROOM = settings.REPO_DIR / "lms" / "exams"
MAY = {
    "selectors/review.py",  # shows keys to their candidate from `keys_from` on, and to who decides an appeal
    "services/keys.py",  # reads keys by the hash in a result's basis, and writes corrected ones
    "services/loading.py",
    "services/marking.py",
}


def _names_the_key(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("models.key"):
            return True
        if (
            isinstance(node, ast.ImportFrom)
            and "models" in (node.module or "")
            and any(n.name == "key" for n in node.names)
        ):
            return True
        if isinstance(node, ast.Import) and any("models.key" in name.name for name in node.names):
            return True
        if isinstance(node, ast.Name | ast.Attribute) and "AnswerKey" in (
            getattr(node, "id", ""),
            getattr(node, "attr", ""),
        ):
            return True
    return False


@pytest.mark.unit
def test_only_these_modules_name_the_key() -> None:
    named = {
        str(path.relative_to(ROOM))
        for path in ROOM.rglob("*.py")
        if "migrations" not in path.parts and "models" not in path.parts and _names_the_key(path)
    }
    assert named == MAY


@pytest.mark.unit
def test_no_row_of_a_question_leads_to_its_key() -> None:
    key = apps.get_model("exams", "AnswerKey")
    led = [model for model in apps.get_models() for each in model._meta.get_fields() if each.related_model is key]
    assert [
        (model, [f.name for f in model._meta.related_objects if f.related_model is key and not f.hidden])
        for model in led
    ] == [(model, []) for model in led]


@pytest.mark.unit
def test_rehearsal_asks_the_marking_and_nobody_but_demonstrations_asks_rehearsal() -> None:
    askers = {
        str(path.relative_to(settings.REPO_DIR))
        for roof in ("lms", "courses", "simulations", "certificates", "cms")
        for path in (settings.REPO_DIR / roof).rglob("*.py")
        if "rehearsal import" in path.read_text()
    }
    assert all(asker.startswith("lms/demo/") for asker in askers), askers


@pytest.mark.face
@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nothing_that_a_candidate_receives_carries_a_key_or_an_explanation(prefix: str, clock) -> None:
    attempt = make_attempt()
    client = Client()
    client.force_login(attempt.seat.person.user)
    step = {"client_seq": 1, "kind": "save", "slot": 1, "answer": attempt.seat.paper.items[0]["options"][0]}
    received = [
        client.get(f"{prefix}/exam/{attempt.uid}/"),
        client.post(f"/api/v1/exam/attempts/{attempt.uid}/steps", step, content_type="application/json"),
        client.get(f"{prefix}/exam/{attempt.uid}/submit/"),
        client.post(f"{prefix}/exam/{attempt.uid}/submit/", follow=True),
    ]
    text = "\n".join(response.content.decode() for response in received)
    for item in read_bank("junior-core").questions:
        for secret in (item.explanation, item.explanation_en, item.source, json.dumps(item.accepted())):
            assert secret not in text
    assert '"accepted"' not in text
