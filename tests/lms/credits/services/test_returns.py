from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.enums import ReturnState
from lms.credits.models import AnnualReturn
from lms.credits.services.returns import (
    ConsentMissing,
    NoReturnYet,
    NotAFigure,
    NotAPiece,
    NotKnownThere,
    ReturnChanged,
    ReturnIncomplete,
    ReturnSettled,
    TextTooLong,
    amount_of,
    begin_return,
    hand_in_return,
    pieces_of,
    refill_return,
    write_return,
)
from lms.records.selectors.audit import events_about
from tests.factories.claims import claimant_at
from tests.factories.cohorts import OrganisationFactory
from tests.factories.standing import confirmed_claim, confirmers, draft_return, handed_in_return

WORDS = {"employer": "岚川技术转移中心", "consent": True}


@pytest.mark.unit
@pytest.mark.parametrize(
    "given",
    ["NaN", "Infinity", "-1", "+1", "1e3", "1.234", "12345678901", "1.", ".5", "１２", "0x1", "一百", "1_000", "٣"],
)
def test_what_is_no_amount_is_refused(given: str) -> None:
    with pytest.raises(NotAFigure, match="小数最多两位"):
        amount_of(given)


@pytest.mark.unit
@pytest.mark.parametrize("given", ["-1", "1.5", "10000", "二", "²", "1e2", "99999999999999999999"])
def test_what_is_no_number_of_pieces_is_refused(given: str) -> None:
    with pytest.raises(NotAPiece):
        pieces_of(given)


@pytest.mark.unit
@given(st.integers(0, 999_999_999_999))
def test_every_amount_of_fen_is_kept_as_it_is(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    assert Decimal(amount_of(f"{amount:,.2f}")) == amount


@pytest.mark.room
@pytest.mark.django_db
class TestReturns:
    def test_begun_twice_is_begun_once(self, now: datetime) -> None:
        place = claimant_at()
        assert draft_return(place, now=now) == draft_return(place, now=now)
        assert AnnualReturn.objects.count() == 1

    @pytest.mark.parametrize("year", [2025, 2027, 1])
    def test_no_year_to_come_and_none_before_there_were_credits(self, year: int, now: datetime) -> None:
        with pytest.raises(NoReturnYet, match="2026"):
            draft_return(claimant_at(), year=year, now=now)

    def test_nobody_hands_in_to_strangers(self, now: datetime) -> None:
        with pytest.raises(NotKnownThere):
            begin_return(person=claimant_at().person, organisation=OrganisationFactory(), year=2026, now=now)

    def test_figures_of_the_ledger_cannot_be_typed_over(self, now: datetime) -> None:
        place = claimant_at()
        confirmed_claim(place)
        draft = draft_return(place, now=now)
        said = {**WORDS, "registered_amount": "9", "demands": "9", "benefit": "350,000.5", "events": "2"}
        written = write_return(annual=draft, said=said, revision=0, now=now)
        assert written.data["figures"] == {
            **draft.data["figures"],
            "registered_amount": "120000.50",
            "benefit": "350000.50",
            "events": 2,
        }

    def test_figures_taken_anew_keep_what_was_written_by_hand(self, now: datetime) -> None:
        place = claimant_at()
        draft = draft_return(place, now=now)
        written = write_return(annual=draft, said={**WORDS, "benefit": "5", "cases": "一案"}, revision=0, now=now)
        confirmed_claim(place)
        filled = refill_return(annual=written, revision=written.revision, now=now)
        figures = filled.data["figures"]
        assert (figures["registered_amount"], figures["benefit"]) == ("120000.50", "5.00")
        assert (filled.data["cases"], filled.data["employer"]) == ("一案", WORDS["employer"])

    def test_an_older_page_changes_nothing(self, now: datetime) -> None:
        draft = draft_return(claimant_at(), now=now)
        write_return(annual=draft, said=WORDS, revision=0, now=now)
        with pytest.raises(ReturnChanged):
            write_return(annual=draft, said={"employer": "别处"}, revision=0, now=now)
        assert AnnualReturn.objects.get().data["employer"] == WORDS["employer"]

    def test_a_gap_or_a_missing_consent_keeps_it_a_draft(self, now: datetime) -> None:
        draft = draft_return(claimant_at(), now=now)
        with pytest.raises(ReturnIncomplete):
            hand_in_return(annual=draft, revision=0, actor="user:1", now=now)
        written = write_return(annual=draft, said={"employer": "某中心"}, revision=0, now=now)
        with pytest.raises(ConsentMissing):
            hand_in_return(annual=written, revision=written.revision, actor="user:1", now=now)
        assert AnnualReturn.objects.get().state == ReturnState.DRAFT

    def test_what_was_handed_in_stays_whatever_happens_to_the_ledger(self, now: datetime) -> None:
        place = claimant_at()
        by = confirmers(place.cohort.organisation)
        confirmed_claim(place, "demand-filed", by=by)
        annual = handed_in_return(place, now=now)
        confirmed_claim(place, by=by)
        with pytest.raises(ReturnSettled):
            write_return(annual=annual, said={"benefit": "1"}, revision=annual.revision, now=now)
        with pytest.raises(ReturnSettled):
            refill_return(annual=annual, revision=annual.revision, now=now)
        kept = AnnualReturn.objects.get()
        assert (kept.data["figures"]["demands"], kept.data["figures"]["registered_count"]) == (1, 0)
        assert kept.data["name"] == place.person.real_name

    def test_a_second_click_on_hand_in_answers_the_same(self, now: datetime) -> None:
        annual = handed_in_return(claimant_at(), now=now)
        again = hand_in_return(annual=annual, revision=annual.revision - 1, actor="user:1", now=now)
        assert (again.pk, again.revision) == (annual.pk, annual.revision)
        assert [event.action for event in events_about(f"credits.annual_return:{annual.pk}")] == [
            "credits.return-handed-in"
        ]

    def test_a_text_that_nobody_reads_is_refused(self, now: datetime) -> None:
        draft = draft_return(claimant_at(), now=now)
        with pytest.raises(TextTooLong, match="2000"):
            write_return(annual=draft, said={"cases": "长" * 2001}, revision=0, now=now)
