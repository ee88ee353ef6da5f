"""A time that is called Beijing time is Beijing time, whatever zone the server keeps."""

from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from tests.conftest import NOON


@pytest.mark.unit
def test_the_time_of_a_decision_is_shown_in_the_zone_that_is_named() -> None:
    decision = {"uid": uuid4(), "prepared_at": NOON, "person": {"real_name": "段文博"}}
    waiting = {"first": [decision], "count": 1, "many": False}
    html = render_to_string("desks/parts/decisions.html", {"waiting": waiting})
    assert ">2026-11-22 12:00<" in html
