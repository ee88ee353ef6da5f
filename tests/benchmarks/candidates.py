"""A class that sits an exam, in a process of its own: `python -m tests.benchmarks.candidates <plan> <findings>`.

Everybody starts at one moment, saves an answer every 25 seconds on average, and hands in at one moment. What is not
acknowledged is sent again, as the room's script does, until it is. A page that only needs to know who has signed in
is asked for in between, to say what the framework itself costs under the same load.
"""

import asyncio
import json
import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.wire import Answer, ask

PAUSE_S = 25.0
BARE_EACH = 4  # one look at the bare page to so many saves
TRIES, RETRY_S = 20, 2.0


@dataclass
class Findings:
    """What was answered to whom, in milliseconds, and what was acknowledged."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    acknowledged: dict[str, dict[int, list[Any]]] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, answer: Answer) -> None:
        self.wall.setdefault(kind, []).append(answer.wall_ms)
        self.cpu.setdefault(kind, []).append(answer.cpu_ms)
        self.statuses[f"{kind} {answer.status}"] += 1


@dataclass(frozen=True)
class Clock:
    """The two moments that everybody shares."""

    start: float
    end: float

    @staticmethod
    async def until(moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - time.monotonic()))


class Candidate:
    """One person with a seat, and what they are going to answer."""

    def __init__(self, plan: dict[str, Any], port: int, found: Findings, clock: Clock) -> None:
        self.session, self.seat, self.answers = plan["session"], plan["seat"], plan["answers"]
        self.port, self.found, self.clock = port, found, clock
        self.chance = random.Random(self.seat)
        self.uid = ""

    async def sit(self) -> None:
        """From the bell to the receipt."""
        await self.clock.until(self.clock.start)
        begun = await self._surely("start", f"/exams/{self.seat}/start/", data={}, form=True)
        self.uid = begun.location.rstrip("/").rsplit("/", 1)[-1]
        self.found.acknowledged[self.uid] = {}
        await self._surely("room", f"/exam/{self.uid}/")
        await self._write()
        await self.clock.until(self.clock.end)
        handed_in = await self._surely("submit", f"/api/v1/exam/attempts/{self.uid}/submit", data={})
        self.found.receipts[self.uid] = json.loads(handed_in.body)["receipt"]

    async def _write(self) -> None:
        """Save one answer after the other until it is time to hand in."""
        pause = self.chance.uniform(0, PAUSE_S)
        for number in range(1, 100_000):
            if time.monotonic() + pause > self.clock.end:
                return
            await asyncio.sleep(pause)
            await self._save(number)
            if number % BARE_EACH == 1:
                await self._surely("bare", "/bare/")
            pause = self.chance.uniform(0.4, 1.6) * PAUSE_S

    async def _save(self, number: int) -> None:
        slot, *ways = self.answers[(number - 1) % len(self.answers)]
        answer = ways[(number - 1) // len(self.answers) % len(ways)]
        step = {"client_seq": number, "kind": "save", "slot": slot, "answer": answer}
        await self._surely("save", f"/api/v1/exam/attempts/{self.uid}/steps", data=step)
        self.found.acknowledged[self.uid][number] = [slot, answer]

    async def _surely(self, kind: str, path: str, **sent: Any) -> Answer:
        """Ask until there is an answer that is not an error; errors are counted, and do not count as answers."""
        for _try in range(TRIES):
            try:
                answer = await ask(self.port, self.session, path, **sent)
            except (OSError, TimeoutError):
                self.found.broken += 1
            else:
                self.found.note(kind, answer)
                if answer.status < 400:
                    return answer
            await asyncio.sleep(RETRY_S)
        raise RuntimeError(f"{kind} {path}: no answer after {TRIES} tries")


async def sit_all(plan: dict[str, Any]) -> Findings:
    """The whole class."""
    found = Findings()
    bell = time.monotonic() + 2
    clock = Clock(bell, bell + plan["seconds"])
    class_ = [Candidate(each, plan["port"], found, clock).sit() for each in plan["candidates"]]
    ended = await asyncio.gather(*class_, return_exceptions=True)
    for failure in ended:
        if failure is not None:
            found.statuses[f"gave up: {failure}"[:120]] += 1
    return found


def main() -> None:
    plan_file, findings_file = map(Path, sys.argv[1:])
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found = asyncio.run(sit_all(json.loads(plan_file.read_text())))
    findings_file.write_text(json.dumps(vars(found)))


if __name__ == "__main__":
    main()
