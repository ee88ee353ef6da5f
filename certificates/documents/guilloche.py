"""The frame of interlaced waves: phase and amplitude come from the serial, so no two certificates share one."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import cos, gcd, pi, sin

from cms.design.services.pigments import pigment

# A4 landscape in CSS pixels; the band of waves runs around it between two lines.
WIDTH, HEIGHT = 1123, 794
BAND = 41
STRANDS = 7
STRAND_STEP = 3.03
POINTS_A_TURN = 36
# Control points this far along a half wave make a cubic curve that passes for a sine.
_LEAN = 0.42


@dataclass(frozen=True, slots=True)
class Seed:
    """Numbers between 0 and 1 that one serial always gives."""

    serial: str

    def at(self, *labels: object) -> float:
        digest = sha256("|".join(map(str, (self.serial, *labels))).encode()).digest()
        return int.from_bytes(digest[:6]) / (1 << 48)


def _wave(length: float, half: float, strand: int, sign: int, seed: Seed) -> str:
    """One strand along a side: half waves of one length, heights that swell and sink."""
    halves = round(length / half)
    step = length / halves
    height = 8.2 + 2.6 * seed.at("height", strand % 3)
    period, turn = 7 + 6 * seed.at("period"), 2 * pi * seed.at("turn", strand)
    path = ["M0 0"]
    for index in range(halves):
        swell = height * (0.8 + 0.2 * cos(2 * pi * index / period + turn))
        peak = sign * swell * (1 if index % 2 == 0 else -1)
        path.append(f"c{step * _LEAN:.2f} {peak:.2f} {step * (1 - _LEAN):.2f} {peak:.2f} {step:.2f} 0")
    return "".join(path)


def _side(length: float, place: str, seed: Seed, name: str) -> Iterator[str]:
    half = 21 + 3 * seed.at("half")
    for strand in range(STRANDS):
        offset = (strand - STRANDS // 2) * STRAND_STEP
        colour = "g" if strand % 2 == 0 else "b"
        for sign in (1, -1):
            path = _wave(length, half, strand, sign, seed)
            yield f'<path class="{colour}" d="{path}" transform="{place} translate({offset:.2f} 0)"/>'


def _band(seed: Seed) -> Iterator[str]:
    across, down = WIDTH - 2 * BAND, HEIGHT - 2 * BAND
    yield from _side(across, f"translate({BAND} {BAND})", seed, "top")
    yield from _side(across, f"translate({BAND} {HEIGHT - BAND})", seed, "bottom")
    yield from _side(down, f"translate({BAND} {BAND}) rotate(90)", seed, "left")
    yield from _side(down, f"translate({WIDTH - BAND} {BAND}) rotate(90)", seed, "right")


def _rosette(radius: float, lobes: int, turns: int, depth: float) -> str:
    """A closed curve that winds `turns` times and swells `lobes` times, in few points that curves round off."""
    count = turns * POINTS_A_TURN
    points = []
    for index in range(count):
        angle = 2 * pi * turns * index / count
        reach = radius * (1 - depth + depth * cos(lobes * angle / turns))
        points.append((reach * cos(angle), reach * sin(angle)))
    middles = [((x + nx) / 2, (y + ny) / 2) for (x, y), (nx, ny) in zip(points, points[1:] + points[:1], strict=True)]
    start = f"M{middles[-1][0]:.2f} {middles[-1][1]:.2f}"
    pairs = zip(points, middles, strict=True)
    return start + "".join(f"Q{x:.2f} {y:.2f} {mx:.2f} {my:.2f}" for (x, y), (mx, my) in pairs) + "Z"


def _coprime(start: int, other: int) -> int:
    while gcd(start, other) != 1:
        start += 1
    return start


def _corners(seed: Seed) -> Iterator[str]:
    lobes = _coprime(30 + int(14 * seed.at("corner")), 7)
    path = _rosette(26, lobes, 7, 0.36)
    for x in (BAND, WIDTH - BAND):
        for y in (BAND, HEIGHT - BAND):
            yield f'<circle class="ring" cx="{x}" cy="{y}" r="28"/>'
            yield f'<path class="corner" d="{path}" transform="translate({x} {y})"/>'
            yield f'<circle class="core" cx="{x}" cy="{y}" r="4.5"/>'


def _ground(seed: Seed) -> Iterator[str]:
    """The pale rosette behind the text."""
    lobes = _coprime(36 + int(24 * seed.at("ground")), 11)
    for radius, depth in ((236, 0.16), (150, 0.2), (84, 0.3)):
        path = _rosette(radius, lobes, 11, depth)
        yield f'<path class="pale" d="{path}" transform="translate({WIDTH / 2} {HEIGHT / 2 + 6})"/>'


def _lines() -> Iterator[str]:
    for inset, kind in ((24, "line"), (58, "line"), (62.5, "hair")):
        size = f'width="{WIDTH - 2 * inset}" height="{HEIGHT - 2 * inset}"'
        yield f'<rect class="{kind}" x="{inset}" y="{inset}" {size}/>'


def _style() -> str:
    blue, green, pale = pigment("cert-blue"), pigment("cert-green"), pigment("cert-blue-pale")
    paper = pigment("cert-paper")
    return (
        "path,rect,circle{fill:none}"
        f".b{{stroke:{blue};stroke-width:.42}}.g{{stroke:{green};stroke-width:.42}}"
        f".line{{stroke:{blue};stroke-width:1.5}}.hair{{stroke:{blue};stroke-width:.5}}"
        f".ring{{fill:{paper};stroke:{blue};stroke-width:1}}.corner{{stroke:{blue};stroke-width:.35}}"
        f".core{{fill:{blue};stroke:{paper};stroke-width:2}}"
        f".pale{{stroke:{pale};stroke-width:.4;opacity:.55}}"
    )


def frame(serial: str) -> str:
    """The frame and ground of the certificate with this serial, as one SVG."""
    seed = Seed(serial)
    parts = [*_ground(seed), *_band(seed), *_lines(), *_corners(seed)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{_style()}</style>{''.join(parts)}</svg>"
    )
