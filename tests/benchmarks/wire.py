"""As much of HTTP as a load generator needs, so that the load costs little beside what it measures."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

TIMEOUT_S = 90.0
TOKEN = "benchmark0benchmark0benchmark0be"  # what a browser would have been given: 32 letters and digits


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, how long it took, and what the server's thread spent on it."""

    status: int
    location: str
    body: bytes
    wall_ms: float
    cpu_ms: float


def _request(host: str, method: str, path: str, session: str, body: bytes, kind: str) -> bytes:
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: {host}",
        "Connection: close",
        f"Cookie: sessionid={session}; csrftoken={TOKEN}",
        f"X-CSRFToken: {TOKEN}",
        "Accept-Language: zh-hans",
    ]
    if method == "POST":
        head += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


async def _exchange(host: str, port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()


def _read(raw: bytes, wall_ms: float) -> Answer:
    head, _blank, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    return Answer(
        status=int(status.split(" ")[1]),
        location=headers.get("location", ""),
        body=body,
        wall_ms=wall_ms,
        cpu_ms=int(headers.get("x-thread-time-us", "0")) / 1000,
    )


async def ask(port: int, session: str, path: str, *, data: dict[str, Any] | None = None, form: bool = False) -> Answer:
    """A GET, or a POST of `data` as JSON or as a form; `OSError` or `TimeoutError` where no answer came."""
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    body = b"" if data is None or form else json.dumps(data).encode()
    method = "GET" if data is None else "POST"
    request = _request(f"127.0.0.1:{port}", method, path, session, body, kind)
    begun = time.perf_counter()
    raw = await asyncio.wait_for(_exchange("127.0.0.1", port, request), TIMEOUT_S)
    if not raw:
        raise ConnectionError(f"{path}: closed without an answer")
    return _read(raw, (time.perf_counter() - begun) * 1000)
