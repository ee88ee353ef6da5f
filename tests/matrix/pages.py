from .rows import Row, cells

ROWS = [
    Row("healthz", lambda base: "/healthz", cells("200 200 200 200 200 200 200 200 200")),
    Row("sitemap", lambda base: "/sitemap.xml", cells("200 200 200 200 200 200 200 200 200")),
    Row("robots", lambda base: "/robots.txt", cells("200 200 200 200 200 200 200 200 200")),
    Row("pages:news-feed", lambda base: "/news/feed/", cells("200 200 200 200 200 200 200 200 200")),
    Row("readyz", lambda base: "/readyz", cells("200 200 200 200 200 200 200 200 200")),
    Row("pages:search", lambda base: "/search/?q=训练", cells("200 200 200 200 200 200 200 200 200")),
    Row("pages:large-print", lambda base: "/large-print/", cells("200 200 200 200 200 200 200 200 200")),
    Row("api:schema", lambda base: "/api/v1/schema/", cells("200 200 200 200 200 200 200 200 200")),
]
