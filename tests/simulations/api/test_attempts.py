import json
from uuid import uuid4

import pytest

from simulations.models import AttemptCommand
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.simulations import TO_THE_TABLE, AttemptFactory, play

pytestmark = [pytest.mark.face, pytest.mark.django_db]

VISIT = {"type": "act", "action": "visit"}
# Words of the scenario's hidden half; none of them may travel before the end.
HIDDEN = (
    "reservation",
    "utility",
    "weights",
    "tactic",
    "aspiration",
    "appeal",
    "rubric",
    "truth",
    "model",
    "trap",
    "cap",
    "seed",
    "variant",
    "sha256",
    "harmful",
    "credit",
)


@pytest.fixture
def attempt():
    return AttemptFactory()


@pytest.fixture
def player(client, attempt):
    client.force_login(attempt.person.user)
    return client


def _commands(attempt) -> str:
    return f"/api/v1/sim/attempts/{attempt.uid}/commands"


def _post(client, attempt, command, request_id="one"):
    body = {"request_id": request_id, "command": command}
    return client.post(_commands(attempt), data=body, content_type="application/json")


def _keys(value) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in _keys(each)}
    if isinstance(value, list):
        return {key for each in value for key in _keys(each)}
    return set()


def test_a_command_answers_events_and_view(player, attempt) -> None:
    response = _post(player, attempt, VISIT)

    body = response.json()
    assert response.status_code == 200
    assert sorted(body) == ["events", "view"]
    assert [event["type"] for event in body["events"]][:2] == ["effort-spent.1", "action-taken.1"]
    assert body["view"]["clock"]["budget_left"] == 400


def test_the_same_request_answers_the_same_body(player, attempt) -> None:
    first = _post(player, attempt, VISIT)
    _post(player, attempt, {"type": "act", "action": "nda"}, "two")

    assert _post(player, attempt, VISIT).content == first.content
    assert AttemptCommand.objects.count() == 2


@pytest.mark.parametrize(("language", "sentence"), [("zh-hans", "已经做过了"), ("en", "has been done already")])
def test_a_refusal_is_a_problem_in_the_asked_language(player, attempt, language, sentence) -> None:
    _post(player, attempt, VISIT)
    url = _commands(attempt)
    body = {"request_id": "two", "command": VISIT}
    response = player.post(url, data=body, content_type="application/json", headers={"accept-language": language})

    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "already-done"
    assert sentence in response.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [{}, {"request_id": "x"}, {"request_id": "", "command": VISIT}, {"request_id": "x" * 65, "command": VISIT}],
)
def test_what_is_not_whole_is_a_problem(player, attempt, body) -> None:
    response = player.post(_commands(attempt), data=body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    assert AttemptCommand.objects.count() == 0


def test_an_unknown_command_is_refused_in_words(player, attempt) -> None:
    response = _post(player, attempt, {"type": "bribe"})
    assert (response.status_code, response.json()["code"]) == (400, "command-unreadable")


def test_staff_look_on_and_do_not_act(client, attempt) -> None:
    trainer = PersonFactory().user
    RoleGrantFactory(user=trainer, organisation=attempt.organisation)
    client.force_login(trainer)

    assert client.get(f"/api/v1/sim/attempts/{attempt.uid}/view").status_code == 200
    assert _post(client, attempt, VISIT).status_code == 403
    assert AttemptCommand.objects.count() == 0


def test_strangers_find_nothing(client, attempt) -> None:
    client.force_login(PersonFactory().user)

    assert client.get(f"/api/v1/sim/attempts/{attempt.uid}/view").status_code == 404
    assert client.get(f"/api/v1/sim/attempts/{uuid4()}/view").status_code == 404
    assert _post(client, attempt, VISIT).json()["code"] == "not-found"


def test_nothing_hidden_travels_before_the_end(player, attempt) -> None:
    answers = [_post(player, attempt, command, f"r{n}").json() for n, command in enumerate(TO_THE_TABLE)]
    answers.append(
        _post(player, attempt, {"type": "propose", "packages": [{"price": 50, "kind": "strict"}]}, "p").json()
    )
    answers.append(player.get(f"/api/v1/sim/attempts/{attempt.uid}/view").json())

    keys = {key for answer in answers for key in _keys(answer)}
    assert {"trust", "facts", "offers"} <= keys
    assert keys & set(HIDDEN) == set()
    sent = json.dumps(answers, ensure_ascii=False)
    attempt.refresh_from_db()
    for secret in (str(attempt.seed), str(attempt.variant_seed), "卖方看重宽松", "供给方想要宽松", "收受好处"):
        assert secret not in sent


def test_a_command_takes_ten_queries_at_most(player, attempt, django_assert_max_num_queries) -> None:
    play(attempt, *TO_THE_TABLE)
    offer = {"type": "propose", "packages": [{"price": 50, "kind": "loose"}]}

    with django_assert_max_num_queries(12):  # session and user, the attempt, then the seven of the command
        assert _post(player, attempt, offer, "offer").status_code == 200
