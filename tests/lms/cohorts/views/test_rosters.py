import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.accounts.models import Person
from lms.cohorts.enums import Role, UploadState
from lms.cohorts.models import RosterUpload
from lms.cohorts.services.rosters.samples import good_table, samples, text_bytes, workbook_bytes
from lms.records.models import PrivateFile
from lms.records.services.private_files import open_file
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, RoleGrantFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]

ROSTER = "/en/base/cohorts/2026-A/roster/"


@pytest.fixture
def cohort(clock):
    return CohortFactory(code="2026-A")


@pytest.fixture
def manager(cohort) -> Client:
    client = Client()
    grant = RoleGrantFactory(organisation=cohort.organisation, user=PersonFactory().user)
    client.force_login(grant.user)
    return client


def sample(name: str) -> bytes:
    return next(found.content for found in samples() if found.name == f"roster-{name}")


def send(client: Client, content: bytes, name: str = "名册.xlsx"):
    return client.post(ROSTER, {"file": SimpleUploadedFile(name, content)})


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_file_is_previewed_then_written_once(manager, cohort) -> None:
    sent = send(manager, sample("bad-check-digit.xlsx"))
    upload = RosterUpload.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"{ROSTER}{upload.uid}/")
    preview = manager.get(sent["Location"])
    assert preview.context["plan"].counts == {"create": 11, "update": 0, "skip": 0, "error": 1}
    assert [row.plan.number for row in preview.context["page"]][:3] == [4, 2, 3]
    assert "11 people will be written: 11 new, 0 updated." in words(preview)
    assert cohort.memberships.count() == 0
    written = manager.post(sent["Location"], {"decision": "write"}, follow=True)
    assert cohort.memberships.count() == 11
    assert "11 people written" in words(written)
    assert "The check digit should be" in words(written)
    again = manager.post(sent["Location"], {"decision": "write"}, follow=True)
    assert "This file has already been written or given up." in words(again)
    assert cohort.memberships.count() == 11
    upload.refresh_from_db()
    assert (upload.state, upload.report["counts"]["create"]) == (UploadState.WRITTEN, 11)


def test_a_file_given_up_writes_nothing_and_stays_given_up(manager, cohort) -> None:
    address = send(manager, sample("good.xlsx"))["Location"]
    given_up = manager.post(address, {"decision": "give-up"}, follow=True)
    assert "Given up, nothing written" in words(given_up)
    manager.post(address, {"decision": "write"})
    assert cohort.memberships.count() == 0
    assert RosterUpload.objects.get().state == UploadState.GIVEN_UP


def test_the_kept_file_holds_no_readable_identity_number(manager) -> None:
    content = text_bytes(good_table(), "utf-8")
    send(manager, content, "roster.csv")
    kept = open_file(PrivateFile.objects.get())
    assert good_table()[1][3].encode() in content
    assert good_table()[1][3].encode() not in kept


def test_the_preview_shows_head_and_tail_of_a_number_only(manager) -> None:
    number = good_table()[1][3]
    page = words(manager.get(send(manager, sample("good.xlsx"))["Location"]))
    assert number not in page
    assert f"{number[:4]}**********{number[-4:]}" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing-column.xlsx", "The table has no column “Mail address”."),
        ("not-a-table.xlsx", "This file is neither an Excel workbook (.xlsx) nor a text table (.csv)"),
    ],
)
def test_an_unreadable_file_is_refused_in_words_and_not_kept(manager, name, said) -> None:
    response = send(manager, sample(name))
    assert response.status_code == 400
    assert said in words(response)
    assert (RosterUpload.objects.count(), PrivateFile.objects.count()) == (0, 0)


def test_a_form_without_a_file_asks_for_one(manager) -> None:
    response = manager.post(ROSTER, {})
    assert response.status_code == 400
    assert "Choose a file first." in words(response)


def test_one_verdict_can_be_looked_at_alone(manager) -> None:
    address = send(manager, sample("bad-check-digit.xlsx"))["Location"]
    page = manager.get(f"{address}?show=error").context["page"]
    assert [row.plan.number for row in page] == [4]


@pytest.mark.parametrize("size", [10, 1000])
def test_a_preview_is_paged_and_costs_the_same_queries(manager, size, django_assert_num_queries) -> None:
    table = [["姓名", "邮箱", "x", "x", "x", "x"], *([f"学员{n}", f"p{n}@x.example"] + [""] * 4 for n in range(size))]
    address = send(manager, workbook_bytes(table))["Location"]
    with django_assert_num_queries(QUERIES):
        response = manager.get(address)
    assert len(response.context["page"]) == min(size, 50)


# User, cohort, may import, upload, people, addresses in use; the frame's person and roles.
QUERIES = 8


def test_what_a_file_says_is_never_markup(manager) -> None:
    table = [["姓名", "邮箱", "<b>x</b>", "", "", ""], ["<script>alert(1)</script>", "a@x.example", "", "", "", ""]]
    page = words(manager.get(send(manager, workbook_bytes(table), "<i>.xlsx")["Location"]))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>x</b>" not in page


def test_the_template_is_a_workbook(manager) -> None:
    response = manager.get(f"{ROSTER}template.xlsx")
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response.content.startswith(b"PK")


def test_nobody_else_comes_near_the_file(manager, cohort) -> None:
    address = send(manager, sample("good.xlsx"))["Location"]
    client = Client()
    assert client.post(address, {"decision": "write"})["Location"].startswith("/en/accounts/login/")
    for user, answer in (
        (RoleGrantFactory(organisation=cohort.organisation, role=Role.TRAINER).user, 403),
        (RoleGrantFactory().user, 404),
    ):
        client.force_login(user)
        assert client.get(address).status_code == answer
        assert client.post(address, {"decision": "write"}).status_code == answer
        assert send(client, sample("good.xlsx")).status_code == answer
    assert Person.objects.filter(real_name="贺淑敏").count() == 0


def test_the_file_of_one_cohort_is_not_found_under_another(manager, cohort) -> None:
    CohortFactory(code="2026-B", organisation=cohort.organisation)
    address = send(manager, sample("good.xlsx"))["Location"]
    assert manager.get(address.replace("2026-A", "2026-B")).status_code == 404
