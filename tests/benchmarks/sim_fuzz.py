"""One process of the fuzz: plays attempts by chance, decides each again, and prints what came out as one hash."""

import json
import sys
from hashlib import sha256

from simulations import library
from simulations.engine.apply import fold
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import score
from simulations.engine.wire import plain, read_event, stored_event
from tests.simulations.engine.cases import rich, small
from tests.simulations.engine.players import play, redecided
from tests.simulations.engine.test_acting import EASY

MOST_TURNS = 40


def _cases() -> list[Scenario]:
    """Mostly the small cases, which go to the end quickly; every tenth attempt is at a case of the library."""
    codes = library.codes()
    quick = [rich(parties=EASY), rich(protocol="side", parties=EASY), small()] * 3
    return [case for code in codes for case in (*quick, library.scenario(code))]


def _unequal(base: Scenario, seed: str, digest: "sha256") -> bool:  # type: ignore[valid-type]
    done = play(base, seed, MOST_TURNS)
    kept = json.dumps([stored_event(event) for event in done.events], ensure_ascii=False, allow_nan=False)
    again = [read_event(each) for each in json.loads(kept)]
    result = plain(done.score)
    digest.update(kept.encode())
    digest.update(json.dumps(result, ensure_ascii=False).encode())
    replayed = fold(again)
    return redecided(done) != list(done.events) or replayed != done.state or plain(score(done.sc, replayed)) != result


def main(attempts: int) -> None:
    """Play so many attempts; the last line is the hash, and how many came out otherwise the second time."""
    digest = sha256()
    cases = _cases()
    unequal = sum(_unequal(cases[n % len(cases)], f"bench:{n}", digest) for n in range(attempts))
    sys.stdout.write(json.dumps({"digest": digest.hexdigest(), "unequal": unequal}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
