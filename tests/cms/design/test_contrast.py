"""Words and their grounds keep the contrast of WCAG 2.2 AA, by day, by night and where more is asked for."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.unit

CSS = settings.REPO_DIR / "cms/design/static/design/css"
TEXT, LARGE_OR_DRAWN = 4.5, 3.0

GROUNDS = ("page", "desk", "surface", "sunken", "silk")
SOFT = [("ok", "ok-soft"), ("warn", "warn-soft"), ("err", "err-soft"), ("brand", "brand-soft"), ("text", "mark")]
ON_FILL = [("on-brand", "brand-fill"), ("on-brand", "brand-strong"), ("text", "brand-soft"), ("text-2", "brand-soft")]
ROOM = [(ink, ground) for ink in ("on-room", "on-room-2") for ground in ("room", "room-deep", "room-raised")]
PARTIES = [("party-a-room", "room"), ("party-b-room", "room"), ("party-a", "party-a-soft"), ("party-b", "party-b-soft")]
INK = [(ink, ground) for ink in ("text", "text-2", "text-3", "brand", "brand-strong") for ground in GROUNDS]
STATES = [(ink, ground) for ink in ("ok", "warn", "err") for ground in ("page", "desk", "surface")]
WORDS = [*INK, *STATES, *SOFT, *ON_FILL, *ROOM, *PARTIES]
EDGES = [("line-strong", ground) for ground in ("page", "desk", "surface")]
FOCUS = [("focus", ground) for ground in GROUNDS]
CHARTS = [(f"chart-{number}", "surface") for number in range(1, 7)]


def _declared(words: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ([^;]+);", words))


def _block(condition: str) -> dict[str, str]:
    """What one block of themes.css declares, found by the condition it stands under."""
    themes = (CSS / "themes.css").read_text(encoding="utf-8")
    found = re.search(rf"^@media {re.escape(condition)} {{\n(.*?)^}}", themes, re.DOTALL | re.MULTILINE)
    assert found, condition
    return _declared(found[1])


DAY = _declared((CSS / "tokens.css").read_text(encoding="utf-8").split("@media")[0])
NIGHT = _block("screen and (prefers-color-scheme: dark)")
THEMES = {
    "day": DAY,
    "night": DAY | NIGHT,
    "day, more contrast": DAY | _block("(prefers-contrast: more)"),
    "night, more contrast": DAY
    | NIGHT
    | _block("screen and (prefers-contrast: more) and (prefers-color-scheme: dark)"),
    "paper": DAY | _block("print"),
}


def _colour(name: str, tokens: dict[str, str]) -> tuple[float, float, float]:
    value = tokens[name if name in tokens else f"c-{name}"]
    while reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = tokens[reference[1]]
    digits = value.removeprefix("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str, tokens: dict[str, str]) -> float:
    """How far two tokens stand apart, from 1 to 21."""
    first, second = sorted((_luminance(_colour(name, tokens)) for name in (ink, ground)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _too_close(pairs: list[tuple[str, str]], theme: str, least: float) -> list[str]:
    tokens = THEMES[theme]
    measured = ((ink, ground, contrast(ink, ground, tokens)) for ink, ground in pairs)
    return [f"{ink} on {ground}: {found:.2f}" for ink, ground, found in measured if found < least]


def test_black_on_white_is_as_far_as_it_goes() -> None:
    assert contrast("ink", "paper", {"ink": "#000", "paper": "#ffffff"}) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme: str) -> None:
    assert _too_close(WORDS, theme, TEXT) == []


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_and_the_focus_can_be_seen(theme: str) -> None:
    assert _too_close([*EDGES, *FOCUS], theme, LARGE_OR_DRAWN) == []


@pytest.mark.parametrize("theme", THEMES)
def test_series_of_a_chart_can_be_seen(theme: str) -> None:
    assert _too_close(CHARTS, theme, LARGE_OR_DRAWN) == []


@pytest.mark.parametrize(("usual", "more"), [("day", "day, more contrast"), ("night", "night, more contrast")])
def test_more_contrast_is_more(usual: str, more: str) -> None:
    pairs = [("text-2", "surface"), ("text-3", "surface"), ("line", "surface")]
    nearer = [
        ink for ink, ground in pairs if contrast(ink, ground, THEMES[more]) <= contrast(ink, ground, THEMES[usual])
    ]
    assert nearer == []


def test_night_asked_for_is_the_night_of_the_device() -> None:
    assert _block("screen") == NIGHT
