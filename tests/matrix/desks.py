from .rows import Row, cells

ROWS = [
    Row("desks:desk", lambda base: "/desk/", cells("login 200 200 200 200 200 200 200 200")),
    Row("desks:me", lambda base: "/me/", cells("login 200 200 200 200 200 200 200 200")),
]
