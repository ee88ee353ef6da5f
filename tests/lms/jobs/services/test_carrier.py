import json
import logging
import time

import pytest
import redis

from lms.jobs.services.carrier import wake

pytestmark = pytest.mark.unit


@pytest.mark.redis
def test_a_message_carries_the_number_of_the_job_and_nothing_else(redis_url: str, settings) -> None:
    settings.CELERY_BROKER_URL = redis_url
    with redis.Redis.from_url(redis_url) as broker:
        broker.flushall()
        assert wake([41, 42])
        messages = [json.loads(raw) for raw in broker.lrange("celery", 0, -1)]
    assert sorted(message["headers"]["kwargsrepr"] for message in messages) == ["{'job_id': 41}", "{'job_id': 42}"]
    assert {(m["headers"]["task"], m["headers"]["argsrepr"]) for m in messages} == {("jobs.run", "()")}


def test_a_broker_that_is_down_costs_a_warning_and_no_time(settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    started = time.monotonic()
    with caplog.at_level(logging.WARNING, "lms.jobs"):
        assert not wake([41])
    assert time.monotonic() - started < 5
    assert "The broker cannot be reached" in caplog.text
