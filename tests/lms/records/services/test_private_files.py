from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from lms.records.models import PrivateFile
from lms.records.selectors.private_files import files_of
from lms.records.services.private_files import FileDamaged, open_file, store
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    storages = {**settings.STORAGES}
    storages["private"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    settings.STORAGES = storages
    return tmp_path


def keep(now: datetime, *, content: bytes = b"%PDF-1.7", owner: str = "certificates.certificate:7") -> PrivateFile:
    return store(name="证书 TTM-FCBA-1.pdf", content=content, kind="certificate", owner=owner, now=now)


def on_disk(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_content_comes_back_as_it_was_stored(now: datetime) -> None:
    file = PrivateFile.objects.get(pk=keep(now).pk)
    assert open_file(file) == b"%PDF-1.7"
    assert (file.name, file.size, file.stored_at) == ("证书 TTM-FCBA-1.pdf", 8, now)


def test_the_path_gives_away_neither_name_nor_owner(now: datetime) -> None:
    kind, folder, name = keep(now).path.split("/")
    assert kind == "certificate"
    assert name.startswith(folder)
    assert set(name) <= set("0123456789abcdef")


def test_a_repeated_job_writes_neither_a_second_row_nor_a_second_file(now: datetime, root: Path) -> None:
    assert keep(now) == keep(now)
    assert (PrivateFile.objects.count(), len(on_disk(root))) == (1, 1)


def test_owners_do_not_share_a_file(now: datetime, root: Path) -> None:
    assert keep(now).path != keep(now, owner="certificates.certificate:8").path
    assert len(on_disk(root)) == 2


def test_a_rollback_leaves_no_row_and_the_repeated_job_takes_up_its_file(now: datetime, root: Path) -> None:
    with transaction.atomic():
        keep(now)
        transaction.set_rollback(True)
    assert PrivateFile.objects.count() == 0
    assert open_file(keep(now)) == b"%PDF-1.7"
    assert len(on_disk(root)) == 1


def test_a_file_half_written_by_a_dead_process_is_written_anew(now: datetime, root: Path) -> None:
    path = keep(now).path
    (root / path).write_bytes(b"%PD")
    assert open_file(keep(now)) == b"%PDF-1.7"
    assert len(on_disk(root)) == 1


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-1.8")])
def test_a_damaged_file_is_not_handed_out(now: datetime, root: Path, harm) -> None:
    file = keep(now)
    harm(root / file.path)
    with pytest.raises(FileDamaged, match=r"证书 TTM-FCBA-1\.pdf"):
        open_file(file)


def test_files_of_a_thing_are_found_newest_first(now: datetime) -> None:
    first, second = keep(now), keep(now, content=b"%PDF-2.0")
    keep(now, owner="certificates.certificate:8")
    assert list(files_of("certificates.certificate:7")) == [second, first]


def test_only_superusers_see_files_from_here(now: datetime) -> None:
    file = keep(now)
    assert list(PrivateFile.objects.visible_to(UserFactory(is_superuser=True))) == [file]
    assert list(PrivateFile.objects.visible_to(UserFactory())) == []
