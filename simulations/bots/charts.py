"""Charts of a playtest report as small SVG files: strips of scores by policy, and items by ease and fit."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

INK, FAINT, BAR, GOOD, BAD = "#1f2933", "#9aa5b1", "#3e5c76", "#2f7d5b", "#b44d3a"
WIDTH, LEFT, RIGHT, ROW, TOP = 800, 170, 60, 26, 34
SIDE, PAD = 380, 44
HARDEST, EASIEST, LEAST_FIT = 0.10, 0.95, 0.20
LOWEST = -0.2
FONT = 'font-family="Noto Sans, Noto Sans CJK SC, sans-serif" font-size="12"'


def strips(report: Mapping[str, Any]) -> str:
    """One strip for each policy: how its totals spread from 0 to 100, with the mean."""
    names = list(report["histograms"])
    height = TOP + ROW * len(names) + 30
    marks = [_grid(report["pass_mark"], height)]
    for n, name in enumerate(names):
        base = TOP + ROW * (n + 1)
        mean = report["policies"][name]["mean"]
        marks.append(f'<text x="{LEFT - 8}" y="{base - 5}" text-anchor="end" fill="{INK}">{escape(name)}</text>')
        marks.append(f'<path d="{_strip(report["histograms"][name], base)}" fill="{BAR}" fill-opacity="0.75"/>')
        marks.append(f'<path d="M{_x(mean):.1f} {base - ROW + 4}V{base}" stroke="{BAD}" stroke-width="2"/>')
        marks.append(f'<text x="{WIDTH - RIGHT + 8}" y="{base - 5}" fill="{INK}">{mean:.1f}</text>')
    return _svg(WIDTH, height, "Totals by policy; the red line is the mean", marks)


def _x(total: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * total / 100


def _grid(pass_mark: int, height: int) -> str:
    foot = height - 24
    lines = [
        f'<path d="M{_x(at):.1f} {TOP}V{foot}" stroke="{FAINT}" stroke-opacity="0.4"/>'
        f'<text x="{_x(at):.1f}" y="{foot + 16}" text-anchor="middle" fill="{FAINT}">{at}</text>'
        for at in range(0, 101, 20)
    ]
    lines.append(
        f'<path d="M{_x(pass_mark):.1f} {TOP - 8}V{foot}" stroke="{GOOD}" stroke-dasharray="4 3"/>'
        f'<text x="{_x(pass_mark):.1f}" y="{TOP - 14}" text-anchor="middle" fill="{GOOD}">pass {pass_mark}</text>'
    )
    return "".join(lines)


def _strip(counts: Sequence[int], base: int) -> str:
    most = max(counts) or 1
    step = (WIDTH - LEFT - RIGHT) / len(counts)
    return "".join(
        f"M{LEFT + n * step:.1f} {base}v{-(ROW - 6) * count / most:.1f}h{step - 0.6:.1f}V{base}z"
        for n, count in enumerate(counts)
        if count
    )


def items(report: Mapping[str, Any]) -> str:
    """Every item by how easy it is for the field (p) and how it goes with the rest (r); those outside are named."""
    left, top, right, foot = _px(HARDEST), _py(1), _px(EASIEST), _py(LEAST_FIT)
    box = f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{foot - top:.1f}"'
    marks = [f'<rect {box} fill="{GOOD}" fill-opacity="0.08" stroke="{GOOD}"/>']
    for at in (0, 0.25, 0.5, 0.75, 1):
        marks.append(_tick(_px(at), SIDE - PAD + 16, at, "middle"))
        marks.append(_tick(PAD - 6, _py(at) + 4, at, "end"))
    marks.append(_label(SIDE / 2, SIDE - 8, "p: mean share of the points"))
    marks.append(f'<g transform="rotate(-90 15 {SIDE / 2})">{_label(15, SIDE / 2, "r with the rest of the test")}</g>')
    for item in report["items"]:
        inside = HARDEST <= item["p"] <= EASIEST and item["r_it"] >= LEAST_FIT
        x, y = _px(item["p"]), _py(max(LOWEST, item["r_it"]))
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{BAR if inside else BAD}"/>')
        if not inside:
            marks.append(f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" fill="{BAD}">{escape(item["id"])}</text>')
    return _svg(SIDE, SIDE, "Items by ease and fit; the box is where they should lie", marks)


def _px(p: float) -> float:
    return PAD + (SIDE - 2 * PAD) * p


def _py(r: float) -> float:
    return PAD / 2 + (SIDE - 1.5 * PAD) * (1 - r) / (1 - LOWEST)


def _tick(x: float, y: float, at: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{FAINT}">{at:g}</text>'


def _label(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{INK}">{words}</text>'


def _svg(width: int, height: int, title: str, marks: Sequence[str]) -> str:
    inner = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" {FONT}>\n<title>{escape(title)}</title>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{inner}\n</svg>\n'
    )
