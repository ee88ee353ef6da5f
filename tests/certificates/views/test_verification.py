import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certificates.services.revoking import revoke
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def certificate(bench: Bench, now):
    return bench.issue(now)


def _main(response) -> str:
    return response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_the_qr_address_answers_with_every_printed_field(client: Client, certificate, clock) -> None:
    response = client.get(f"/en/verify/{certificate.serial}", {"c": certificate.check_code})
    page = _main(response)
    assert response.status_code == 200
    for words in (
        "Valid",
        certificate.serial,
        "段*博",
        "Junior technology broker",
        "Fenchuan Technology Transfer Training Base",
        "Sunday 22 November 2026",
        "21 November 2029",
        "1.11",
        "样本 SPECIMEN",
        "Issued. Prepared by 康敏, approved by 郭建平.",
        "Beijing time",
    ):
        assert words in page, words
    assert "段文博" not in page


def test_no_engine_keeps_it_and_no_cache(client: Client, certificate, clock) -> None:
    response = client.get(f"/verify/{certificate.serial}", {"c": certificate.check_code})
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_number_alone_tells_nothing(client: Client, certificate, clock) -> None:
    known = client.get(f"/verify/{certificate.serial}")
    unknown = client.get("/verify/TTM-ZZZZ-1-2026-000001-0")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert "段" not in _main(known)
    assert f'value="{certificate.serial}"' in _main(known)


def test_who_types_the_right_name_sees_it(client: Client, certificate, clock) -> None:
    response = client.post("/verify/", {"serial": certificate.serial, "proof": "段 文博", "by_number": "1"})
    assert response.status_code == 200
    assert "段文博" in _main(response)


def test_unknown_and_mismatching_questions_get_one_page(client: Client, certificate, clock) -> None:
    questions = [
        {"serial": certificate.serial, "proof": "林小舟"},
        {"serial": certificate.serial, "proof": "0000000000"},
        {"serial": "TTM-ZZZZ-1-2026-000001-0", "proof": "段文博"},
    ]
    answers = [client.post("/en/verify/", question) for question in questions]
    pages = {_main(answer).replace(_reference(answer), "") for answer in answers}
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len(pages) == 1
    assert "Not found" in pages.pop()


def _reference(response) -> str:
    return str(response.context["answer"].reference)


def test_a_revoked_certificate_says_since_when_and_why(client: Client, certificate, bench: Bench, now, clock) -> None:
    revoke(certificate=certificate, reason="内部原因", public_reason="成绩无效", revoked_by=bench.certifier, now=now)
    page = _main(client.get(f"/en/verify/{certificate.serial}", {"c": certificate.check_code}))
    assert "revoked this certificate on 22 November 2026" in page
    assert "成绩无效" in page
    assert "内部原因" not in page


def test_a_file_is_checked_and_not_kept(client: Client, certificate, clock) -> None:
    file = SimpleUploadedFile("credential.json", certificate.credential.encode())
    response = client.post("/en/verify/", {"file": file, "by_file": "1"})
    assert response.status_code == 200
    assert "Valid" in _main(response)
    forged = SimpleUploadedFile("credential.json", certificate.credential.replace("段", "王").encode())
    page = _main(client.post("/en/verify/", {"file": forged, "by_file": "1"}))
    assert "Not genuine" in page
    assert certificate.serial not in page


@pytest.mark.parametrize(
    ("content", "status"), [(b"hello", 400), (b"{" + b" " * 2_100_000, 400), (b"", 400), (b'{"a":1}', 404)]
)
def test_a_useless_file_gets_clear_words(client: Client, clock, content: bytes, status: int) -> None:
    file = SimpleUploadedFile("x.json", content)
    assert client.post("/verify/", {"file": file, "by_file": "1"}).status_code == status


def test_an_empty_question_comes_back_with_its_errors(client: Client, clock) -> None:
    response = client.post("/en/verify/", {"serial": "", "proof": ""})
    assert response.status_code == 400
    assert "This field is required" in _main(response)


def test_trying_many_codes_is_stopped(client: Client, certificate, clock) -> None:
    answers = [client.get(f"/verify/{certificate.serial}", {"c": f"{n:010}"}).status_code for n in range(25)]
    assert answers[:20] == [404] * 20
    assert answers[20:] == [429] * 5


def test_an_answer_costs_the_same_few_queries(client: Client, certificate, clock, django_assert_num_queries) -> None:
    address = f"/verify/{certificate.serial}?c={certificate.check_code}"
    Client().get(address)
    cache.clear()
    with django_assert_num_queries(13):  # one of them asks who runs the site, once for all visits
        client.get(address)


def test_a_question_needs_no_token(db) -> None:
    """The form stands on pages that are kept for every visitor, and asking changes nothing."""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/verify/", {"serial": "TTM-FCBA-1-2026-000001-X", "proof": "段文博"})
    assert answer.status_code in {400, 404}
    assert strict.cookies == {}
