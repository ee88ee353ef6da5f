"""The authors' desk: faults by line, figures with their bars, acts that a second person takes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simulations.enums import VersionState
from simulations.models import PlaytestRun, ScenarioVersion
from simulations.services.authoring import upload_scenario
from simulations.services.playtesting import keep_run
from tests.factories.accounts import PersonFactory
from tests.factories.simulations import SOUND, SOUND_SMALL, AttemptFactory, ScenarioVersionFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]

BARS = [
    {"name": "expert mean", "value": 86.2, "limit": "≥ 80", "ok": True, "hard": True},
    {"name": "alpha", "value": 0.74, "limit": "≥ 0.8", "ok": False, "hard": False},
]
FIGURES = {
    **SOUND,
    "bars": BARS,
    "policies": {"expert": {"mean": 86.2, "sd": 6.1, "n": 20, "deal_rate": 0.98, "walk_rate": 0.0}},
    "items": [{"id": "I-01", "p": 0.62, "r_it": 0.41}],
}


@pytest.fixture
def second():
    return PersonFactory(user__is_superuser=True, real_name="方审").user


@pytest.fixture
def desk(second) -> Client:
    client = Client()
    client.force_login(second)
    return client


@pytest.fixture
def version(now) -> ScenarioVersion:
    author = PersonFactory(user__is_superuser=True, real_name="闻作").user
    version = upload_scenario(content=SOUND_SMALL.encode(), uploaded_by=author, now=now)
    keep_run(version=version, source="desk", figures=FIGURES, now=now)
    return version


def address(version: ScenarioVersion, tail: str = "") -> str:
    return f"/desk/scenarios/{version.pk}/{tail}"


def test_a_file_with_faults_shows_each_with_its_line(desk) -> None:
    broken = SOUND_SMALL.replace("days: 30", "days: thirty")
    answer = desk.post("/desk/scenarios/upload/", {"file": SimpleUploadedFile("a.yaml", broken.encode())})
    assert answer.status_code == 400
    line = broken.splitlines().index("days: thirty") + 1
    assert f">{line}</td>" in answer.text
    assert "<code>days</code>" in answer.text
    assert not ScenarioVersion.objects.exists()


def test_a_sound_file_becomes_a_draft(desk) -> None:
    answer = desk.post("/desk/scenarios/upload/", {"file": SimpleUploadedFile("a.yaml", SOUND_SMALL.encode())})
    version = ScenarioVersion.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(version))
    assert "小案" in desk.get(address(version)).text


def test_figures_bars_and_trace_stand_on_the_page(desk, version) -> None:
    page = desk.get(address(version)).text
    for words in ("86.2", "I-01", "expert mean", "alpha", "已达到", "未达到", "按模拟玩家校准"):
        assert words in page


def test_a_missed_bar_is_waived_by_name_and_then_the_version_is_approved(desk, version) -> None:
    note = {"note-note": "看过全部数字"}
    assert "alpha" in desk.post(address(version, "approve/"), note, follow=True).text
    version.refresh_from_db()
    assert version.state == VersionState.TESTED

    desk.post(address(version, "waive/"), {"bar": "alpha", "reason": ""})
    assert not version.waivers.exists()
    desk.post(address(version, "waive/"), {"bar": "alpha", "reason": "三场合计达标"})
    assert "方审: 三场合计达标" in desk.get(address(version)).text

    desk.post(address(version, "approve/"), note)
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED
    desk.post(address(version, "retire/"), note)
    version.refresh_from_db()
    assert version.state == VersionState.RETIRED


def test_an_act_without_a_note_says_so(desk, version) -> None:
    assert desk.post(address(version, "approve/"), {"note-note": ""}).status_code == 400


def test_a_playtest_is_asked_for_once(desk, version) -> None:
    desk.post(address(version, "playtest/"))
    assert "正在由程序试玩" in desk.get(address(version)).text
    desk.post(address(version, "playtest/"))
    assert PlaytestRun.objects.filter(source="desk", state="asked").count() == 1


def test_a_pilot_that_is_too_small_stands_at_its_field(desk, version) -> None:
    sent = {"pilot-players": 12, "pilot-agreement": "0.6", "pilot-report": "试点"}
    assert "30" in desk.post(address(version, "pilot/"), sent).text
    assert desk.post(address(version, "pilot/"), sent | {"pilot-players": 31}).status_code == 302
    assert "经真人试点校准" in desk.get(address(version)).text


def test_the_whole_case_is_read_in_each_of_its_flavours(desk, version) -> None:
    assert "需求方每年用 100 台。" in desk.get(address(version, "whole/")).text
    assert desk.get(address(version, "whole/?flavour=nothing")).status_code == 404


def test_the_file_comes_back_as_it_was_sent(desk, version) -> None:
    answer = desk.get(address(version, "file/"))
    assert answer.content.decode() == SOUND_SMALL
    assert answer["Content-Disposition"] == 'attachment; filename="small-case-1.0.0.yaml"'


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_list_asks_the_same_for_few_and_many(rows, desk, now, django_assert_num_queries) -> None:
    written = ScenarioVersionFactory()
    AttemptFactory(version=written)
    ScenarioVersion.objects.bulk_create(
        ScenarioVersion(
            code=f"case-{number}",
            version="1.0.0",
            title="案",
            title_en="Case",
            level="junior",
            content_hash=f"{number:064}",
            source="",
            created_at=now,
        )
        for number in range(rows - 1)
    )
    desk.get("/desk/scenarios/")
    with django_assert_num_queries(4):
        answer = desk.get("/desk/scenarios/")
    assert answer.text.count("<tr>") == rows + 1
