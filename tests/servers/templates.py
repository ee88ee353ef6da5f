"""One migrated database, made once for a set of migrations and copied for every worker and every clean slate.

What many tests begin with, such as the demonstration, is made once by a worker, kept beside the template, and copied.
"""

import fcntl
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from .keys import migrations_key
from .processes import postgres_binaries

DAY = 24 * 60 * 60
KEPT = settings.BUILD_DIR / "test"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_file() -> Path:
    """Where the template for SQLite is kept."""
    return KEPT / f"template-{migrations_key()}.sqlite3"


def dump_file() -> Path:
    """Where the template for PostgreSQL is kept."""
    return KEPT / f"template-{migrations_key()}.dump"


def _forget_others(kept: Path) -> None:
    """Templates of other migrations go after a day: until then a run that began before may still copy them."""
    for old in kept.parent.glob("template-*"):
        if kept.stem not in old.name and old.stat().st_mtime < time.time() - DAY:
            old.unlink(missing_ok=True)


def _use(name: str) -> None:
    connection.close()
    connections.databases["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _copy(origin: Path, copy: Path) -> None:
    """SQLite's own backup of one file into another, which may be open elsewhere."""
    with sqlite3.connect(origin) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


class SqliteTemplate:
    """The template is a file; a clean slate is SQLite's own backup of it into the open database."""

    def __init__(self, worker: str) -> None:
        self.kept: dict[str, Path] = {}
        self.template = sqlite_file()
        self.database = Path(settings.JIQIAO_DATA_DIR) / f"test-{worker}.sqlite3"

    def prepare(self) -> None:
        with _alone(self.template):
            if not self.template.exists():
                making = self.template.with_name(f"{self.template.name}.making")
                making.unlink(missing_ok=True)
                _use(str(making))
                call_command("migrate", verbosity=0)
                connection.close()
                making.rename(self.template)
                _forget_others(self.template)
        self.database.parent.mkdir(parents=True, exist_ok=True)
        _use(str(self.database))
        self.restore()

    def restore(self) -> None:
        connection.close()
        _copy(self.template, self.database)

    def bring(self, name: str, make: Callable[[], object]) -> None:
        """The database as `make` leaves it on a clean slate: made once for this worker, then copied."""
        if name in self.kept:
            connection.close()
            _copy(self.kept[name], self.database)
            return
        make()
        connection.close()
        copy = self.database.with_name(f"{self.database.stem}-{name}.sqlite3")
        _copy(self.database, copy)
        self.kept[name] = copy

    def drop(self) -> None:
        connection.close()
        for file in (self.database, *self.kept.values()):
            file.unlink(missing_ok=True)


class PostgresTemplate:
    """The template is a database, a clean slate is CREATE DATABASE … TEMPLATE; a dump of it outlives the server."""

    def __init__(self, worker: str) -> None:
        self.kept: dict[str, str] = {}
        self.maintenance = connection.settings_dict["NAME"]
        self.dump = dump_file()
        self.template = self.dump.stem.replace("-", "_")
        self.database = f"test_{worker}"

    def _sql(self, statement: str) -> None:
        _use(self.maintenance)
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    def _exists(self, name: str) -> bool:
        _use(self.maintenance)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            found = cursor.fetchone() is not None
        connection.close()
        return found

    def prepare(self) -> None:
        with _alone(self.dump):
            if not self.dump.exists():
                self._sql(f"CREATE DATABASE {self.template}")
                _use(self.template)
                call_command("migrate", verbosity=0)
                connection.close()
                making = self.dump.with_name(f"{self.dump.name}.making")
                self._run("pg_dump", "--format=custom", "--compress=0", f"--file={making}")
                making.rename(self.dump)
                _forget_others(self.dump)
            elif not self._exists(self.template):
                self._sql(f"CREATE DATABASE {self.template}")
                self._run("pg_restore", "--exit-on-error", "--no-owner", str(self.dump))
        self.restore()

    def _run(self, program: str, *words: str) -> None:
        """One of PostgreSQL's own programs on the template."""
        here = connection.settings_dict
        address = f"postgresql://{here['USER']}@{here['HOST']}:{here['PORT']}/{self.template}"
        environment = {**os.environ, "PGPASSWORD": here["PASSWORD"] or ""}
        subprocess.run([postgres_binaries() / program, *words, f"--dbname={address}"], env=environment, check=True)

    def _replace(self, database: str, origin: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self._sql(f"CREATE DATABASE {database} TEMPLATE {origin}")
        _use(self.database)

    def restore(self) -> None:
        self._replace(self.database, self.template)

    def bring(self, name: str, make: Callable[[], object]) -> None:
        """The database as `make` leaves it on a clean slate: made once for this worker, then copied."""
        if name in self.kept:
            self._replace(self.database, self.kept[name])
            return
        make()
        copy = f"{self.database}_{name}"
        self._replace(copy, self.database)
        self.kept[name] = copy

    def drop(self) -> None:
        for database in (self.database, *self.kept.values()):
            self._sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


Template = SqliteTemplate | PostgresTemplate


def database_template(worker: str) -> Template:
    """The template for the engine under test."""
    return SqliteTemplate(worker) if connection.vendor == "sqlite" else PostgresTemplate(worker)
