"""Laying out the papers of a case: each kind its dress, text into paragraphs, barred lines into a table."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

PAPER_KINDS: dict[str, str | Promise] = {
    "notice": pgettext_lazy("paper", "Notice"),
    "record": pgettext_lazy("paper", "Minutes"),
    "evidence": pgettext_lazy("paper", "Report"),
    "memo": pgettext_lazy("paper", "Memo"),
    "template": pgettext_lazy("paper", "Form"),
    "letter": pgettext_lazy("paper", "Letter"),
}
_BARS = ("|", "｜")


def laid_out(body: str) -> SafeString:
    """The text of a paper as it is read."""
    return format_html_join("\n", "{}", ((block,) for block in _blocks(body)))


def _blocks(body: str) -> Iterator[SafeString]:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    for kind, run in groupby(lines, key=_kind):
        texts = list(run)
        if kind == "row" and len(texts) > 1:
            yield _table([_cells(line) for line in texts])
        elif kind == "point":
            points = ((line[1:].strip() if line[0] in "-–•·" else line,) for line in texts)
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", points))
        else:
            yield format_html_join("\n", "<p>{}</p>", ((line,) for line in texts))


def _kind(line: str) -> str:
    if any(bar in line for bar in _BARS):
        return "row"
    return "point" if line[0] in "-–•·" else "text"


def _cells(line: str) -> list[str]:
    for bar in _BARS[1:]:
        line = line.replace(bar, _BARS[0])
    return [cell.strip() for cell in line.strip(_BARS[0]).split(_BARS[0])]


def _table(rows: list[list[str]]) -> SafeString:
    """The first row is the head; a row of dashes under it is only a line."""
    head, *body = [row for row in rows if any(cell.strip("-: ") for cell in row)]
    heads = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in head))
    lines = format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in body)
    )
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", heads, lines)
