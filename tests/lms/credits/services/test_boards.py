from datetime import datetime, timedelta

import pytest

from lms.credits.models import BoardConsent
from lms.credits.services.boards import NameNotShown, NotOfThisOrganisation, join_board, leave_board, plain
from tests.factories.claims import claimant_at
from tests.factories.cohorts import OrganisationFactory


@pytest.mark.unit
def test_a_name_loses_what_turns_the_writing_round() -> None:
    assert plain("  江上\u202e渔者\u0000 \n 二 ") == "江上渔者 二"


@pytest.mark.room
@pytest.mark.django_db
class TestBoards:
    @pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "长" * 61])
    def test_a_name_that_nobody_can_read_is_refused(self, name: str, now: datetime) -> None:
        place = claimant_at()
        with pytest.raises(NameNotShown, match="60"):
            join_board(person=place.person, organisation=place.cohort.organisation, shown_as=name, now=now)

    def test_nobody_joins_the_board_of_strangers(self, now: datetime) -> None:
        with pytest.raises(NotOfThisOrganisation):
            join_board(person=claimant_at().person, organisation=OrganisationFactory(), shown_as="渔者", now=now)

    def test_another_name_ends_the_consent_before_it(self, now: datetime) -> None:
        place = claimant_at()
        later = now + timedelta(days=1)
        for name, moment in (("渔者", now), ("渔者", later), ("林深", later)):
            join_board(person=place.person, organisation=place.cohort.organisation, shown_as=name, now=moment)
        told = BoardConsent.objects.order_by("pk").values_list("shown_as", "since", "until")
        assert list(told) == [("渔者", now, later), ("林深", later, None)]

    def test_leaving_twice_is_leaving_once(self, now: datetime) -> None:
        place = claimant_at()
        consent = join_board(person=place.person, organisation=place.cohort.organisation, shown_as="渔者", now=now)
        for moment in (now, now + timedelta(days=1)):
            leave_board(person=place.person, organisation=place.cohort.organisation, now=moment)
        consent.refresh_from_db()
        assert consent.until == now
