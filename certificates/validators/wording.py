"""Words reserved to the state, which no training certificate may carry (MoHRSS notice of March 2022)."""

import re
import unicodedata
from collections.abc import Iterable

# 人社部函〔2022〕25号; the last two are added by Guangdong.
RESERVED_WORDS = (
    "中华人民共和国",
    "中华",
    "中国",
    "国家",
    "全国",
    "职业资格",
    "岗位合格",
    "专业技术职务",
    "职业技能等级",
    "专项职业能力",
)
RESERVED_WORDS_EN = ("People's Republic of China", "National", "Vocational Qualification", "State Council")


def reserved_words_in(text: str, *, allowed: Iterable[str] = ()) -> list[str]:
    """Reserved words that stand in `text` and that its issuer has no basis to use, longest first."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain_en = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    granted = set(allowed)
    found = [word for word in RESERVED_WORDS if word in plain and word not in granted]
    asked = [word for word in RESERVED_WORDS_EN if word not in granted]
    return found + [word for word in asked if re.search(rf"\b{re.escape(word.casefold())}\b", plain_en)]
