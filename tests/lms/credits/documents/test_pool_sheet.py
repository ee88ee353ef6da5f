"""The sheet on paper: what it says, and what it refuses to print."""

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from cms.design.services.typefaces import GlyphMissing
from lms.credits.documents.pool_sheet import pool_sheet
from lms.credits.engine.pools.plans import Plan, Sharer
from tests.factories.credit_pools import DAY, make_deal, make_pool

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def text_of(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["奖酬测算表", "不构成法律意见", "浙江", "规定不低于 70%", "第三十七条", "截至 2025-04", "测算甲"]),
        (
            "en",
            ["Reward calculation", "not legal advice", "Zhejiang", "at least 70% is asked for", "art. 37", "测算甲"],
        ),
    ],
)
def test_the_sheet_says_in_both_languages_what_comes_out_and_what_it_rests_on(
    language: str, words: list[str], tmp_path: Path
) -> None:
    plans = [Plan("CN", DAY), Plan("CN-ZJ", DAY, pool=Decimal(60)), Plan("MIT", DAY)]
    pool = make_pool(title="测算甲", plans=plans)
    with translation.override(language):
        said = text_of(pool_sheet(pool=pool, printed_on=date(2026, 11, 22)), tmp_path)
    assert [word for word in [*words, "470,000.00", "564,000.00", "266,333.34"] if word not in said] == []


def test_fifty_people_come_out_on_the_sheet_one_by_one(tmp_path: Path) -> None:
    staff = tuple(Sharer(f"第{number}人", Decimal(number)) for number in range(1, 51))
    pool = make_pool(deal=make_deal(staff=staff))
    said = text_of(pool_sheet(pool=pool, printed_on=DAY), tmp_path)
    assert [sharer.name for sharer in staff if f"{sharer.name} " not in said] == []


def test_a_letter_that_cannot_be_printed_is_refused_by_name() -> None:
    pool = make_pool(deal=make_deal(staff=(Sharer("甲\U0001f600", Decimal(1)),)))
    with pytest.raises(GlyphMissing, match="U\\+1F600"):
        pool_sheet(pool=pool, printed_on=DAY)
