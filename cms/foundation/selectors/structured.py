"""What search engines are told of a page in the words of schema.org."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# As in django.utils.html.json_script: nothing in the data can end the element that carries it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Node = dict[str, Any]


def trail_node(steps: list[tuple[str, str]]) -> Node:
    """Where a page stands: names and whole addresses, from the front door down to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def site_nodes(*, address: str, search: str, operator: str) -> list[Node]:
    """The front door: the site with its search, and who runs it where that is known."""
    site: Node = {
        "@type": "WebSite",
        "name": _("Jiqiao"),
        "url": address,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{settings.JIQIAO_BASE_URL}{search}?q={{search_term}}"},
            "query-input": "required name=search_term",
        },
    }
    if not operator:
        return [site]
    return [{**site, "publisher": {"@type": "Organization", "name": operator, "url": address}}]


def as_data_block(nodes: list[Node]) -> SafeString:
    """The nodes as text inside a `<script type="application/ld+json">`, where no character can close it."""
    data = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False)
    return SafeString(data.translate(_ESCAPES))
