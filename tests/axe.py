"""Axe on an open page, and contrast once for each look: the rule that takes axe longest, and repeats itself most.

What the contrast of words comes to is read from computed styles: colour, size and weight of the words, and whatever
lies behind and over them, piece by piece. Elements that are equal in all of this, with the same tags and classes at
each of their lines, have one contrast, wherever they stand; the first of them in a run is gone over. Whatever is not
seen to lie in the window counts as a look of its own. Every other rule goes over the whole page each time.
"""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CONTRAST = "color-contrast"
# Gives complaints as pairs of rule and element, and the looks that were met for the first time.
LOOK = """async ({ options, contrast, known }) => {
  const short = (text) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
    }
    return 4294967296 * (2097151 & b) + (a >>> 0);
  };
  const grounds = new Map();
  const ground = (each) => {
    if (!grounds.has(each)) {
      const look = getComputedStyle(each);
      grounds.set(each, [each.tagName, each.getAttribute("class"), look.color, look.backgroundColor,
        look.backgroundImage, look.opacity, look.filter, look.mixBlendMode, look.clipPath].join());
    }
    return grounds.get(each);
  };
  const range = document.createRange();
  const boxes = (each) => {
    if (each.matches("input, select, textarea")) return [each.getBoundingClientRect()];
    const words = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return words.flatMap((node) => {
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    });
  };
  const seen = new Set(known), fresh = [], added = [];
  for (const each of document.body.querySelectorAll("*")) {
    const places = boxes(each).filter((box) => box.width && box.height);
    if (!places.length) continue;
    const stacks = places.map((box) => document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2));
    if (!stacks.every((stack) => stack.includes(each))) {
      fresh.push(each);
      continue;
    }
    const look = getComputedStyle(each);
    const own = [look.fontSize, look.fontWeight, look.textShadow, look.webkitTextFillColor, each.matches(":disabled")];
    const key = short([...own, ...new Set(stacks.map((stack) => stack.map(ground).join(";")))].join("|"));
    if (seen.has(key)) continue;
    seen.add(key);
    added.push(key);
    fresh.push(each);
  }
  const named = (found) =>
    found.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html.slice(0, 160)]));
  const complaints = named(await axe.run({ ...options, rules: { [contrast]: { enabled: false } } }));
  if (fresh.length) {
    complaints.push(...named(await axe.run({ include: fresh }, { ...options, runOnly: [contrast] })));
  }
  return { complaints, added };
}"""


@cache
def _script() -> str:
    return Axe().axe_script


def look_over(page: Page, options: dict[str, Any], looks: set[int]) -> list[tuple[str, str]]:
    """Rule and element of each complaint about this page; `looks` are those whose contrast is known, and grow."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    said = page.evaluate(LOOK, {"options": options, "contrast": CONTRAST, "known": sorted(looks)})
    looks.update(said["added"])
    return [(rule, element) for rule, element in said["complaints"]]
