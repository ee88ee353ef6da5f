import pytest
from django.test import Client

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def test_large_print_lasts_and_comes_back_to_the_place(client: Client) -> None:
    response = client.post("/large-print/", {"size": "large", "next": "/courses/?page=2"})
    assert (response.status_code, response["Location"]) == (302, "/courses/?page=2")
    assert 'data-size="large"' in client.get("/").text


def test_normal_print_takes_it_back(client: Client) -> None:
    client.post("/large-print/", {"size": "large"})
    client.post("/large-print/", {"size": "normal"})
    assert "data-size" not in client.get("/").text


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_house(client: Client, wanted: str) -> None:
    assert client.post("/large-print/", {"size": "large", "next": wanted})["Location"] == "/"


def test_an_unknown_size_changes_nothing(client: Client) -> None:
    response = client.post("/large-print/", {"size": "enormous"})
    assert (response.status_code, dict(response.cookies)) == (302, {})


def test_looking_changes_nothing(client: Client) -> None:
    response = client.get("/large-print/")
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert '<button type="submit" class="btn btn-primary" name="size" value="large">' in response.text
