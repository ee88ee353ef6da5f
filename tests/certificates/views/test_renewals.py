from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from certificates.models import Certificate, Decision
from certificates.services.reminding_renewals import write_down_lapses
from certificates.services.renewing import ask_for_renewal
from lms.kernel.clock import held_at
from lms.schemes.enums import FactKind
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import Bench, staff
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory
from tests.factories.renewals import certificate_until, noon, post, renew_rightly, rules

pytestmark = [pytest.mark.face, pytest.mark.django_db]

LAST = date(2027, 2, 28)
LIST = "/en/desk/renewals/"


@pytest.fixture
def bench(now) -> Bench:
    rules(now)
    return Bench()


@pytest.fixture
def certificate(bench: Bench) -> Certificate:
    return certificate_until(bench, LAST)


def _as(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _page(certificate: Certificate) -> str:
    return f"/en/me/renewal/{certificate.serial}/"


def test_the_whole_way_from_asking_to_a_decision(bench, certificate, clock) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    holder, manager, certifier = _as(bench.person.user), _as(bench.manager), _as(bench.certifier)
    asked = holder.get(_page(certificate)).text
    assert "Valid until Sunday 28 February 2027, 98 days from now. Renewal is open." in asked
    assert "3 of 3 requirements met" in asked
    assert "Ask for renewal" in asked

    assert holder.post(_page(certificate))["Location"] == _page(certificate)
    assert "Ask for renewal" not in holder.get(_page(certificate)).text
    assert "Prepare the decision" in manager.get(LIST).text
    assert "Prepare the decision" not in certifier.get(LIST).text

    sent = manager.post(LIST, {"certificate": str(certificate.uid)})
    decision = Decision.objects.get(cycle=2)
    assert sent["Location"] == f"/en/base/decisions/{decision.uid}/"
    certifier.post(sent["Location"], {"action": "approve"})
    manager.post(sent["Location"], {"action": "issue"})
    renewed = Certificate.objects.get(cycle=2)
    told = holder.get(_page(certificate)).text
    assert f"certificate {renewed.serial} is valid from 1 March 2027 until 28 February 2030." in told
    assert renewed.serial in holder.get("/en/me/certificates/").text


def test_what_is_missing_is_told_in_words_and_figures(bench, certificate, clock) -> None:
    page = _as(bench.person.user).get(_page(certificate)).text
    assert "15.00 contribution credits are missing: 15.00 are required, and of 0.00 posted 0.00 count." in page
    assert "At least 40 % of those required, 6.00, must come from practice; 0.00 do." in page
    assert "What counts is from 1 March 2024 to 22 November 2026." in page
    listed = _as(bench.manager).get(LIST).text
    assert "2 requirements missing" in listed
    assert "98 days left" in listed


def test_a_lapsed_certificate_is_told_as_lapsed_and_asks_for_more(bench, clock) -> None:
    certificate = certificate_until(bench, date(2026, 10, 31))
    page = _as(bench.person.user).get(_page(certificate)).text
    assert "It lapsed after 31 October 2026 and no longer counts." in page
    assert "20.00 are required" in page
    assert "Ask for reinstatement" in page
    assert "Lapsed, can be reinstated" in _as(bench.manager).get(f"{LIST}?show=lapsed").text


def test_long_after_the_lapse_the_page_leads_to_the_level(bench, now) -> None:
    certificate = certificate_until(bench, date(2026, 10, 31))
    with held_at(noon(date(2028, 1, 1))):
        page = _as(bench.person.user).get(_page(certificate)).text
    assert "The whole level is now earned anew" in page
    assert "/en/me/level/junior/" in page
    assert "Ask for reinstatement" not in page


def test_whoever_joins_a_class_after_the_lapse_earns_the_level_anew(bench, now) -> None:
    certificate_until(bench, date(2026, 10, 31))
    address, lapsed = "/en/base/decisions/", noon(date(2026, 11, 30))
    with held_at(lapsed):
        write_down_lapses(now=lapsed)
        assert "Prepare the decision about" not in _as(bench.manager).get(address).text
    cohort = CohortFactory(organisation=bench.organisation, scheme_version=bench.cohort.scheme_version)
    MembershipFactory(cohort=cohort, person=bench.person, joined_at=noon(date(2027, 2, 1)))

    def candidate():
        with held_at(noon(date(2027, 2, 2))):
            [found] = _as(bench.manager).get(f"{address}?cohort={cohort.pk}").context["candidates"]
        return found

    assert [leaf.code for leaf in candidate().standing.missing_leaves()] == ["hours-total", "exam", "simulation"]
    post(bench.person, FactKind.CLASS_HOURS, "public-knowledge", "1.20", date(2027, 1, 10))
    post(bench.person, FactKind.EXAM, "junior", "80", date(2027, 1, 10))
    post(bench.person, FactKind.SIMULATION, "d-01-gas-heater", "75", date(2027, 1, 10))
    assert candidate().standing.met


def test_too_early_is_said_with_the_day_on_which_it_opens(bench, clock) -> None:
    certificate = certificate_until(bench, date(2028, 5, 31))
    holder = _as(bench.person.user)
    assert "Renewal can be asked for from Monday 31 May 2027." in holder.get(_page(certificate)).text
    refused = holder.post(_page(certificate))
    assert refused.status_code == 409
    assert "can be asked for from 31 May 2027." in refused.text


def test_a_manager_who_was_not_asked_is_refused_in_words(bench, certificate, clock) -> None:
    refused = _as(bench.manager).post(LIST, {"certificate": str(certificate.uid)})
    assert refused.status_code == 409
    assert f"The holder of {certificate.serial} has not asked for its renewal yet." in refused.text


def test_another_base_sees_neither_the_list_entry_nor_the_page(bench, certificate, clock) -> None:
    stranger = _as(staff(OrganisationFactory(), "base-manager"))
    assert certificate.serial in _as(bench.manager).get(LIST).text
    assert certificate.serial not in stranger.get(LIST).text
    assert stranger.get(f"{LIST}?serial={certificate.serial}").context["rows"] == []
    assert stranger.get(_page(certificate)).status_code == 404
    assert stranger.post(LIST, {"certificate": str(certificate.uid)}).status_code == 404
    assert stranger.post(LIST, {"certificate": "no-uid"}).status_code == 404


def test_each_part_of_the_list_shows_its_own(bench, certificate, clock, now) -> None:
    second = certificate_until(bench, date(2027, 5, 31), person=bench.trainee("何亚楠"))
    ask_for_renewal(certificate=second, user=second.person.user, now=now)
    lapsed = certificate_until(bench, date(2026, 5, 31), person=bench.trainee("马晓峰"))
    manager = _as(bench.manager)

    def shown(part: str) -> list[str]:
        return [file.certificate.serial for file, _look in manager.get(f"{LIST}?{part}").context["rows"]]

    assert shown("show=due") == [certificate.serial, second.serial]
    assert shown("show=asked") == [second.serial]
    assert shown("show=lapsed") == [lapsed.serial]
    assert shown("show=prepared") == []
    assert shown(f"serial={lapsed.serial}") == [lapsed.serial]
    assert shown("show=nonsense") == [certificate.serial, second.serial]
    figures = {show: count for show, _label, count in manager.get(LIST).context["shows"]}
    assert figures == {"due": 2, "asked": 1, "prepared": 0, "lapsed": 1, "renewed": 0}


def _more(bench: Bench, certificate: Certificate, number: int) -> None:
    """So many certificates like this one, as rows."""
    people = [PersonFactory(user=None) for _each in range(number - 1)]
    decisions, copies = [], []
    for index, person in enumerate(people):
        MembershipFactory(cohort=bench.cohort, person=person)
        decision = Decision.objects.get(pk=certificate.decision_id)
        decision.pk, decision.uid, decision.person = None, person.uid, person
        decisions.append(decision)
        copy = Certificate.objects.get(pk=certificate.pk)
        copy.pk, copy.uid, copy.person, copy.decision = None, person.uid, person, decision
        copy.serial, copy.status_index = f"TTM-COPY-{index}", 50_000 + index
        copy.valid_until = certificate.valid_until + timedelta(days=index % 90)
        copies.append(copy)
    Decision.objects.bulk_create(decisions)
    Certificate.objects.bulk_create(copies)


@pytest.mark.parametrize("number", [10, 1_000])
def test_a_list_of_any_length_takes_the_same_queries(
    bench, certificate, clock, django_assert_num_queries, number
) -> None:
    _more(bench, certificate, number)
    _as(bench.second_certifier).get(LIST)
    manager = _as(bench.manager)
    cache.clear()
    with django_assert_num_queries(16):
        page = manager.get(LIST)
    assert len(page.context["rows"]) == min(20, number)
    assert page.context["page"].paginator.count == number
