"""The favicon set, drawn from `mark.svg`: `python -m tests.patterns.favicons` writes it anew.

The mark is arcs and straight lines filled even-odd, so Pillow draws it from the same geometry: every
closed line is a polygon, and a point is inside where an odd number of polygons cover it.
"""

import io
import json
import math
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageChops, ImageDraw

FOLDER = settings.REPO_DIR / "cms/design/static/design"
FINER = 8  # drawn so many times larger, then brought down
ARC_STEPS = 48
PAPER = "#ffffff"
_STEP = re.compile(r"([MHVAaZ])([^MHVAaZ]*)")
_NUMBER = re.compile(r"-?(?:\d*\.\d+|\d+)")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Icon:
    """One file of the set: its size, its ground, and how much of the square the mark takes."""

    file: str
    size: int
    ground: str = ""
    share: float = 1.0


ICONS = (
    Icon("icon-32.png", 32),
    Icon("apple-touch-icon.png", 180, PAPER, 0.76),
    Icon("icon-192.png", 192, PAPER, 0.7),
    Icon("icon-512.png", 512, PAPER, 0.7),
)


def _mark() -> tuple[str, str, list[float]]:
    """The outline, the pigment and the view box of the mark."""
    svg = ET.parse(FOLDER / "mark.svg").getroot()
    path = svg[0]
    return path.attrib["d"], path.attrib["fill"], [float(each) for each in svg.attrib["viewBox"].split()]


def _arc(start: Point, radius: float, large: bool, sweep: bool, end: Point) -> Iterator[Point]:
    """Points on a circular arc, as SVG defines it (F.6.5 with equal radii)."""
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    length = math.hypot(half_x, half_y)
    radius = max(radius, length)
    offset = math.sqrt(max(0.0, radius**2 - length**2)) / length * (-1 if large == sweep else 1)
    centre = (offset * half_y + (start[0] + end[0]) / 2, -offset * half_x + (start[1] + end[1]) / 2)
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = (math.atan2(end[1] - centre[1], end[0] - centre[0]) - first) % math.tau
    turn = turn if sweep else turn - math.tau
    for step in range(1, ARC_STEPS + 1):
        angle = first + turn * step / ARC_STEPS
        yield centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def outlines(path: str) -> list[list[Point]]:
    """The closed lines of a path of M, H, V, A and Z."""
    found: list[list[Point]] = []
    for letter, rest in _STEP.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        if letter == "M":
            found.append([(numbers[0], numbers[1])])
            continue
        if letter == "Z":
            continue
        at = found[-1][-1]
        if letter == "H":
            found[-1].append((numbers[0], at[1]))
        elif letter == "V":
            found[-1].append((at[0], numbers[0]))
        else:
            end = (numbers[5], numbers[6]) if letter == "A" else (at[0] + numbers[5], at[1] + numbers[6])
            found[-1].extend(_arc(at, numbers[0], bool(numbers[3]), bool(numbers[4]), end))
    return found


def drawn(icon: Icon) -> Image.Image:
    """The mark in its square."""
    path, pigment, (left, top, side, _high) = _mark()
    fine = icon.size * FINER
    scale = fine * icon.share / side
    margin = fine * (1 - icon.share) / 2
    covered = Image.new("L", (fine, fine))
    for outline in outlines(path):
        one = Image.new("L", covered.size)
        points = [((x - left) * scale + margin, (y - top) * scale + margin) for x, y in outline]
        ImageDraw.Draw(one).polygon(points, fill=255)
        covered = ImageChops.difference(covered, one)
    mask = covered.resize((icon.size, icon.size), Image.Resampling.BOX)
    if icon.ground:
        whole = Image.new("RGB", mask.size, icon.ground)
        whole.paste(Image.new("RGB", mask.size, pigment), mask=mask)
        return whole
    whole = Image.new("RGBA", mask.size, pigment)
    whole.putalpha(mask)
    return whole


def favicon() -> str:
    """The mark for a browser's tab: by day in azurite, by night in its lighter shade."""
    night = re.search(r"--c-brand: (#\w+);", (FOLDER / "css/themes.css").read_text(encoding="utf-8"))
    style = f"<style>@media (prefers-color-scheme:dark){{path{{fill:{night[1] if night else PAPER}}}}}</style>"
    return (FOLDER / "mark.svg").read_text(encoding="utf-8").replace("<path", f"{style}<path", 1)


def manifest() -> str:
    """What a phone needs to know to keep the site among its own."""
    sizes = [icon for icon in ICONS if icon.file.startswith("icon-") and icon.ground]
    said = {
        "name": "技桥 Jiqiao",
        "short_name": "技桥",
        "start_url": "/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": icon.file, "sizes": f"{icon.size}x{icon.size}", "type": "image/png", "purpose": "any maskable"}
            for icon in sizes
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def files() -> dict[str, bytes]:
    """Every file of the set, by name."""
    return {
        **{icon.file: _png(drawn(icon)) for icon in ICONS},
        "favicon.svg": favicon().encode(),
        "site.webmanifest": manifest().encode(),
    }


def _png(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def write(folder: Path = FOLDER) -> list[str]:
    """Write the set; the names of its files."""
    for name, content in files().items():
        (folder / name).write_bytes(content)
    return sorted(files())


if __name__ == "__main__":
    sys.stdout.write("\n".join(write()) + "\n")
