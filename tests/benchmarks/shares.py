"""Who took how much of the processors, from /proc: every process under this one, by what it is."""

import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> tuple[str, int, float] | None:
    """Name, parent, and seconds of a process with the children that it has waited for; None if it has gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    name = text[text.index("(") + 1 : text.rindex(")")]
    rest = text[text.rindex(")") + 2 :].split()
    return name, int(rest[1]), sum(int(ticks) for ticks in rest[11:15]) / TICKS


def seconds_by_part(roots: dict[int, str]) -> Counter[str]:
    """Processor seconds so far of the trees that begin at these processes."""
    found = {int(each.name): _fields(int(each.name)) for each in Path("/proc").iterdir() if each.name.isdigit()}
    parts: Counter[str] = Counter()
    for pid, fields in found.items():
        above: int | None = pid
        while above and above not in roots:
            known = found.get(above)
            above = known[1] if known else None
        if fields and above:
            parts[roots[above]] += fields[2]
    return parts


def children_named(name: str) -> list[int]:
    """Children of this process by the name of their program."""
    pids = (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())
    return [pid for pid in pids if (known := _fields(pid)) and known[:2] == (name, os.getpid())]


@dataclass
class Shares:
    """Processor seconds of each part between two moments, and how long that was."""

    roots: dict[int, str]
    begun: float = 0.0
    before: Counter[str] | None = None

    def begin(self) -> None:
        self.begun, self.before = time.monotonic(), seconds_by_part(self.roots)

    def end(self) -> tuple[float, dict[str, float]]:
        """Seconds that have gone by, and processor seconds of each part."""
        after = seconds_by_part(self.roots)
        return time.monotonic() - self.begun, {
            part: after[part] - (self.before or Counter())[part] for part in sorted(set(self.roots.values()))
        }
