"""A portfolio before the registrar, and a draft of credit rules with its dry run. Told once."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from lms.accounts.selectors.users import user_by_mail
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.credits.selectors.portfolios import claims_to_show, portfolio_rules, portfolios_of, script_source
from lms.credits.selectors.rules import rules_for
from lms.credits.services.drafting_rules import change_kind, draft_rules
from lms.credits.services.portfolio_gates import hand_in_portfolio
from lms.credits.services.portfolios import begin_portfolio, write_portfolio
from lms.credits.services.trying import ask_for_trial
from lms.kernel.beijing import BEIJING
from lms.kernel.levels import LevelCode
from lms.marking.selectors.queue import own_scripts
from lms.marking.services.marking import put_mark
from lms.marking.services.rounds import add_marker, open_round

from . import cast

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation
    from lms.credits.models import Portfolio

GOOD, FULL = Decimal("0.75"), Decimal(1)
SEEN = "每一项都有凭据，本人作用写得清楚；估值的依据可以再展开。"
OVERVIEW = (
    "我在装备企业工作，这份业绩集收入近一年围绕轴承座磨削工序完成的一整条转化链：先在车间取数，把“砂轮一换就返工”"
    "写成有指标、有目标、有预算的需求；再到高校寻找成果，核对专利权属和年费，组织第三方检测，确认技术成熟度到六级；"
    "随后主持双方面谈，把试用期、验收指标和改进成果的归属谈清楚；最后以许可方式签约并办理认定登记。"
    "难点有三处：一是专利由两个单位共有，许可需要共有人书面同意，我先取得同意再谈价格；二是企业担心试不成，"
    "我把付款拆成入门费和验收后付款两段，并写明验收的测法；三是双方对改进成果归谁争执不下，我查阅了法律对改进成果归属的规定，"
    "提出各自改进归各自、互相免费使用的方案，双方接受。合同登记后我继续跟进试用，三个月内返工率降到百分之五，"
    "还差一个百分点，原因是操作人员换班时没有按规程修整，已经写进下一阶段的培训。全过程没有利益关系，"
    "报酬由单位按规定发放，与合同额不挂钩。"
)


@transaction.atomic
def put_work_forward(*, base: "Organisation", now: datetime) -> None:
    """The certificate holder hands a portfolio in; two experts have judged it, and it waits for the registrar."""
    holder = user_by_mail(cast.HOLDER.email)
    if holder is None or portfolios_of(holder).exists():
        return
    claims = list(claims_to_show(holder.person.pk))
    if len(claims) < portfolio_rules().least_pieces:
        return
    began = now - timedelta(days=20)
    portfolio = begin_portfolio(
        person=holder.person, organisation=base, level=LevelCode.INTERMEDIATE, title="轴承座磨削的转化", now=began
    )
    portfolio = write_portfolio(
        portfolio=portfolio,
        title=portfolio.title,
        overview=OVERVIEW,
        pieces={claim.pk: f"本人全程负责：{claim.title}" for claim in claims},
        revision=portfolio.revision,
        now=began,
    )
    portfolio = hand_in_portfolio(portfolio=portfolio, actor=holder, now=began)
    _let_experts_judge(portfolio, now - timedelta(days=6))


def _let_experts_judge(portfolio: "Portfolio", now: datetime) -> None:
    base = portfolio.organisation
    experts = [*users_in_role(base.pk, Role.MARKER, at=now), *users_in_role(base.pk, Role.TRAINER, at=now)][:2]
    script = script_source(portfolio)
    for expert in experts:
        round_ = open_round(
            organisation=base, source=f"credits.portfolios:{base.pk}:{portfolio.level}:1", title="", now=now
        )
        add_marker(round=round_, user=expert, now=now)
    for expert, own_part in zip(experts, (GOOD, FULL), strict=True):
        for allocation in own_scripts(expert).filter(script__source=script):
            points = {
                each.id: f"{((own_part if each.id == 'own-part' else GOOD) * each.max).normalize():f}"
                for each in portfolio_rules().criteria
            }
            put_mark(allocation=allocation, criteria=points, comment=SEEN, now=now, seen=0)


@transaction.atomic
def draft_own_rules(*, base: "Organisation", now: datetime) -> None:
    """The base drafts rules of its own, kinder to repeated contracts and with a lower cap, and has them run dry."""
    manager: User | None = user_by_mail(cast.MANAGER.email)
    if manager is None or base.credit_rules.exists():
        return
    standing = rules_for(organisation_id=base.pk, on=now.astimezone(BEIJING).date())
    draft = draft_rules(based_on=standing, organisation=base, user=manager, now=now)
    draft = change_kind(
        rules=draft,
        revision=draft.revision,
        kind="contract",
        terms={"cap_per_year": "60.00", "valid_years": 3},
        changed={"contract-registered": {"diminishing": None}},
        user=manager,
    )
    ask_for_trial(rules=draft, revision=draft.revision, user=manager, now=now)
