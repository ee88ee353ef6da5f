from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self, cast

from django.http import QueryDict

from lms.credits.selectors.claim_points import foreseen
from lms.credits.services.claim_fields import measure_of
from lms.credits.services.contract_numbers import FIELD, ContractNumberTaken, ContractNumberTooShort
from lms.credits.services.shares import WHOLE, Part, ShareOutOfRange, as_percent, equal_shares

from .claims import SAID, BaseSharesForm, ClaimForm, OwnShareForm, SharesForm

if TYPE_CHECKING:
    from datetime import date

    from django.utils.datastructures import MultiValueDict

    from lms.credits.engine.rules import Kind, Rule
    from lms.credits.models import Claim
    from lms.credits.selectors.claim_points import Foreseen
    from lms.kernel.refusals import Refusal

OF_NUMBER = (ContractNumberTaken, ContractNumberTooShort)


@dataclass
class ClaimSheet:
    """The forms of one draft: as they stand, or as they were typed."""

    claim: "Claim"
    rule: "Rule"
    kind: "Kind"
    form: ClaimForm
    own: OwnShareForm
    others: BaseSharesForm

    @classmethod
    def standing(cls, claim: "Claim", rule: "Rule", kind: "Kind", today: "date") -> Self:
        """What is kept."""
        shares = list(claim.shares.all())
        own = next((share for share in shares if share.person_id == claim.person_id), None)
        others = [
            {"mail": share.person.user.email if share.person.user else "", "percent": share.percent, "part": share.part}
            for share in shares
            if share.person_id != claim.person_id
        ]
        initial = {
            name: getattr(claim, name) for name in ("revision", "title", "occurred_on", "interest", "no_interest")
        }
        initial |= {SAID + name: value for name, value in claim.fields.items()}
        return cls(
            claim,
            rule,
            kind,
            ClaimForm(initial=initial, rule=rule, today=today),
            OwnShareForm(initial={"own_percent": own.percent, "own_part": own.part} if own else {}),
            cast("BaseSharesForm", SharesForm(initial=others, prefix="share")),
        )

    @classmethod
    def typed(
        cls,
        claim: "Claim",
        rule: "Rule",
        kind: "Kind",
        today: "date",
        data: QueryDict,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        complete: bool = False,
    ) -> Self:
        """What was typed, with help for the shares where it was asked for."""
        helped = helped_with_shares(data)
        return cls(
            claim,
            rule,
            kind,
            ClaimForm(helped, files, rule=rule, today=today, complete=complete),
            OwnShareForm(helped),
            cast("BaseSharesForm", SharesForm(helped, prefix="share")),
        )

    def is_valid(self) -> bool:
        """Whether all of it can be kept; each form is looked at, so that every fault is told at once."""
        return all([self.form.is_valid(), self.own.is_valid(), self.others.is_valid()])

    @property
    def parts(self) -> list[Part]:
        """Everybody with a share."""
        return self.others.parts(self.claim.person, self.own)

    @property
    def written(self) -> dict[str, Any]:
        """What `write_claim` takes."""
        given = self.form.cleaned_data
        kept = {name: given[name] for name in ("title", "occurred_on", "interest", "no_interest")}
        return {**kept, "fields": self.form.said}

    def says_the_same_as(self, claim: "Claim") -> bool:
        """Whether `claim` says exactly this already: the second click of a double one."""
        kept = {name: getattr(claim, name) for name in self.written}
        shares = {share.person_id: (share.percent, share.part) for share in claim.shares.all()}
        files = {each.sha256 for each in claim.evidence.all() if each.file_id}
        typed = {part.person.pk: (part.percent, part.words.strip()) for part in self.parts}
        handed = {sha256(paper.content).hexdigest() for paper in self.form.papers}
        return kept == self.written and shares == typed and handed <= files

    def refuse(self, refusal: "Refusal", revision: int) -> None:
        """Show why it was not kept, where it belongs, on a page that knows what stands now."""
        field = SAID + FIELD if isinstance(refusal, OF_NUMBER) else None
        self.form.add_error(field if field in self.form.fields else None, str(refusal))
        self.renew(revision)

    def renew(self, revision: int) -> None:
        """Let the page be about what stands now."""
        data = QueryDict(mutable=True)
        data.update(self.form.data)
        data["revision"] = str(revision)
        self.form.data = data

    @property
    def percents(self) -> list[Decimal] | None:
        """The shares that can be read, the claimant's first; None while one of them cannot."""
        if not self.own.is_bound:
            return [share.percent for share in self._in_order()]
        if not (self.own.is_valid() and self.others.is_valid()):
            return None
        return [part.percent for part in self.parts]

    @property
    def sum_of_shares(self) -> Decimal | None:
        """What the shares come to."""
        percents = self.percents
        return None if percents is None else sum(percents, Decimal(0))

    @property
    def names(self) -> list[str]:
        """Who has which share, in the order of `percents`."""
        if not self.own.is_bound:
            return [share.person.real_name for share in self._in_order()]
        return [part.person.real_name for part in self.parts]

    @property
    def foreseen(self) -> "Foreseen | None":
        """What the rule would give for it."""
        if self.form.is_bound:
            self.form.is_valid()
        said = self.form.said if self.form.is_bound else self.claim.fields
        return foreseen(self.rule, self.kind, measure_of(self.rule, said), self.percents or [])

    @property
    def foreseen_shares(self) -> list[tuple[str, Decimal, Decimal]]:
        """Name, percent and points of each share, where several people share the whole."""
        told, percents = self.foreseen, self.percents
        if told is None or percents is None or len(percents) < 2 or sum(percents) != WHOLE:
            return []
        return list(zip(self.names, percents, told.shares, strict=True))

    def _in_order(self) -> list[Any]:
        return sorted(self.claim.shares.all(), key=lambda share: share.person_id != self.claim.person_id)


def helped_with_shares(data: QueryDict) -> QueryDict:
    """`data` with equal shares, or with the rest given to the claimant, where that was asked for."""
    act = data.get("act", "")
    rows = [name for name in data if name.startswith("share-") and name.endswith("-mail") and str(data[name]).strip()]
    places = [name.removesuffix("-mail") + "-percent" for name in rows]
    if act == "split":
        cuts = equal_shares(len(places) + 1)
        return _with(data, dict(zip(["own_percent", *places], cuts, strict=True)))
    if act == "rest":
        rest = WHOLE - sum((_read(data.get(place, "")) for place in places), Decimal(0))
        return _with(data, {"own_percent": rest}) if rest > 0 else data
    return data


def _read(percent: str) -> Decimal:
    try:
        return as_percent(percent)
    except ShareOutOfRange:
        return Decimal(0)


def _with(data: QueryDict, figures: dict[str, Decimal]) -> QueryDict:
    helped = data.copy()
    for name, figure in figures.items():
        helped[name] = f"{figure:.2f}"
    return helped
