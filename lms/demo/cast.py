"""The invented people and organisations of the demonstration; nobody here exists, every address ends in .example."""

from dataclasses import dataclass, replace
from datetime import date

from lms.accounts.validators import compose_identity_number
from lms.cohorts.enums import OrganisationKind, Role

PASSWORD = "bridge-over-the-valley"  # noqa: S105 -- printed in the README, demonstration only
# Why some have a seat before they have studied the course that the scheme puts first.
SEATED_EARLY = "演示：座位先行安排，课程在考试开放期间学完。"
DEMO_REGION = "990101"  # no place in China carries a code that begins with 99


@dataclass(frozen=True)
class Body:
    """One organisation of the demonstration."""

    code: str
    kind: OrganisationKind
    name: str
    name_en: str
    city: str
    parent: str = ""


@dataclass(frozen=True)
class Actor:
    """One person of the demonstration who works for an organisation, or edits the site."""

    email: str
    name: str
    latin_name: str
    role: Role | None
    organisation: str = ""
    edits_site: bool = False


@dataclass(frozen=True)
class Learner:
    """One trainee of the demonstration and how far they have come."""

    email: str
    name: str
    latin_name: str
    born: date
    order: int
    employer: str

    @property
    def identity_number(self) -> str:
        """A number that passes every check and belongs to nobody."""
        return compose_identity_number(region=DEMO_REGION, born=self.born, order=self.order)


AUTHORITY = Body(
    "FCSA",
    OrganisationKind.AUTHORITY,
    "汾川市技术转移主管单位（演示）",
    "Fenchuan Technology Transfer Authority (demonstration)",
    "汾川",
)
BASE = Body(
    "FCBA", OrganisationKind.BASE, "汾川技术转移培训基地", "Fenchuan Technology Transfer Training Base", "汾川", "FCSA"
)
OTHER_BASE = Body(
    "HDBA", OrganisationKind.BASE, "河东技术转移培训基地", "Hedong Technology Transfer Training Base", "河东"
)
ASSOCIATION = Body(
    "SJAX",
    OrganisationKind.ASSOCIATION,
    "三晋技术经理人协会",
    "Sanjin Association of Technology Managers",
    "汾川",
)
BODIES = (AUTHORITY, BASE, OTHER_BASE, ASSOCIATION)

MANAGER = Actor("manager@jiqiao.example", "白玉洁", "BAI Yujie", Role.BASE_MANAGER, "FCBA")
CERTIFIER = Actor("certifier@jiqiao.example", "康建业", "KANG Jianye", Role.CERTIFIER, "FCBA")
OTHER_MANAGER = Actor("manager.hedong@jiqiao.example", "樊知秋", "FAN Zhiqiu", Role.BASE_MANAGER, "HDBA")
EDITOR = Actor("editor@jiqiao.example", "陆笛", "LU Di", None, edits_site=True)
REVIEWER = Actor("reviewer@jiqiao.example", "沙恩铭", "SHA Enming", None, edits_site=True)
MARKER = Actor("marker@jiqiao.example", "辛若谷", "XIN Ruogu", Role.MARKER, "FCBA")
# One person, two organisations: trains at the base and verifies for the association.
TWO_HATS = Actor("two.hats@jiqiao.example", "司徒远", "SITU Yuan", Role.TRAINER, "FCBA")
SECOND_HAT = replace(TWO_HATS, role=Role.VERIFIER, organisation="SJAX")
# Whose desk a visitor of the demonstration looks at, in this order.
DESKS = (
    Actor("trainer@jiqiao.example", "温书怡", "WEN Shuyi", Role.TRAINER, "FCBA"),
    MARKER,
    MANAGER,
    CERTIFIER,
    Actor("verifier@jiqiao.example", "郝明远", "HAO Mingyuan", Role.VERIFIER, "SJAX"),
    Actor("authority@jiqiao.example", "聂清和", "NIE Qinghe", Role.AUTHORITY_OFFICER, "FCSA"),
    EDITOR,
    OTHER_MANAGER,
)
ACTORS = (*DESKS, REVIEWER, TWO_HATS, SECOND_HAT)

TRAINEE = Learner("trainee@jiqiao.example", "段文博", "DUAN Wenbo", date(1994, 5, 17), 101, "汾川新材料研究院（虚构）")
HOLDER = Learner("xu.jiang@jiqiao.example", "许江", "XU Jiang", date(1989, 11, 2), 102, "北岭装备公司（虚构）")
NEWCOMER = Learner("newcomer@jiqiao.example", "解冬", "XIE Dong", date(2000, 1, 9), 105, "汾川精密仪器公司（虚构）")
SITTING = Learner(
    "gu.yinuo@jiqiao.example", "顾一诺", "GU Yinuo", date(1997, 2, 28), 103, "汾水大学技术转移中心（虚构）"
)
LEARNERS = (
    TRAINEE,
    HOLDER,
    SITTING,
    Learner("seng.ke@jiqiao.example", "僧珂", "SENG Ke", date(1991, 8, 23), 104, "汾川科技市场（虚构）"),
    NEWCOMER,
)
