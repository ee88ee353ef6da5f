from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from cms.pages.services.drafting import hand_in_news
from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.models import Cohort, Organisation
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import current_version
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import BEGINNING, PersonFactory, UserFactory
from tests.factories.certificates import Bench
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trainee(clock, now):
    """A trainee of the junior cohort with some class hours."""
    load_scheme("ttm-2026-1", now=now)
    cohort = CohortFactory(scheme_version=current_version(now), title="初级 2026 秋季班")
    person = MembershipFactory(cohort=cohort, person=PersonFactory(real_name="段文博")).person
    _post(person, FactKind.CLASS_HOURS, "public-knowledge", "0.55", now)
    return person


def _post(person, kind: FactKind, ref: str, value: str, now) -> None:
    record_fact(
        person_id=person.pk,
        kind=kind,
        ref=ref,
        value=Decimal(value),
        source=f"test:{person.pk}:{kind}:{ref}:{value}",
        occurred_at=now,
        now=now,
    )


def _cold(client: Client, address: str = "/desk/") -> str:
    """The page for somebody who comes first after everything cached has been thrown away."""
    cache.clear()
    return client.get(address).text


def _staff_of(role: Role, kind: OrganisationKind = OrganisationKind.BASE):
    person = PersonFactory()
    base = OrganisationFactory(kind=kind)
    RoleGrantFactory(user=person.user, organisation=base, role=role)
    return person.user, base


def test_a_trainee_reads_what_is_missing_and_why(trainee) -> None:
    page = _signed_in(trainee.user).get("/desk/").text
    assert "段文博，这是你的工作台" in page
    assert "2026 年 11 月 22 日，星期日" in page
    assert "<b>0.55</b> / 1.00" in page
    assert "初级技术经纪人要求图" in page
    assert page.count('<li class="req') == 5


def test_a_requirement_that_is_met_says_so(trainee, now) -> None:
    _post(trainee, FactKind.IDENTITY, "resident", "1", now)
    page = _signed_in(trainee.user).get("/desk/").text
    assert page.count('<li class="req done">') == 1


def test_everything_met_leads_to_the_decision(trainee, now) -> None:
    for kind, ref, value in (
        (FactKind.IDENTITY, "resident", "1"),
        (FactKind.CLASS_HOURS, "practical-skills", "0.55"),
        (FactKind.EXAM, "junior", "80"),
        (FactKind.SIMULATION, "d-01-gas-heater", "85"),
        (FactKind.CONTRIBUTION, "exam-passed", "5.00"),
    ):
        _post(trainee, kind, ref, value, now)
    page = _signed_in(trainee.user).get("/desk/").text
    assert "这个等级的要求已全部达到" in page


def test_the_one_primary_action_is_to_go_on(trainee) -> None:
    enrolment = enrolment_of(trainee, published_course())
    page = _signed_in(trainee.user).get("/desk/").text
    assert page.count("btn-primary") == 1
    assert f'<a class="btn btn-lg btn-primary" href="/learn/{enrolment.uid}/">' in page


def test_the_desk_speaks_english(trainee) -> None:
    page = _signed_in(trainee.user).get("/en/desk/").text
    assert "Requirements: Junior technology broker" in page
    assert "Sunday, 22 November 2026" in page


def test_somebody_without_a_cohort_learns_the_first_step() -> None:
    page = _signed_in(PersonFactory().user).get("/desk/").text
    assert "你还没有编入班次" in page
    assert "选第一门课程" in page


def test_a_sign_in_without_a_person_has_a_desk_too() -> None:
    assert _signed_in(UserFactory()).get("/desk/").status_code == 200


@pytest.mark.parametrize("role", [Role.TRAINER, Role.MARKER, Role.BASE_MANAGER])
def test_people_of_a_base_see_its_cohorts_and_no_others(role: Role) -> None:
    user, base = _staff_of(role)
    CohortFactory(organisation=base, title="本基地的班")
    CohortFactory(title="别家的班")
    page = _signed_in(user).get("/desk/").text
    assert ("本基地的班" in page, "别家的班" in page) == (role != Role.MARKER, False)


@pytest.mark.parametrize(("number", "shown"), [(1, 1), (10, 10), (1000, 10)])
def test_a_thousand_cohorts_cost_as_much_as_one(number: int, shown: int, django_assert_num_queries) -> None:
    user, base = _staff_of(Role.BASE_MANAGER)
    version = CohortFactory(organisation=base).scheme_version
    rows = [
        Cohort(
            organisation=base,
            code=f"C{n}",
            title=f"班 {n}",
            level="junior",
            scheme_version=version,
            starts_on=date(2026, 9, 1) + timedelta(days=n),
            ends_on=date(2030, 1, 1),
            created_at=BEGINNING,
        )
        for n in range(number - 1)
    ]
    Cohort.objects.bulk_create(rows)
    client = _signed_in(user)
    with django_assert_num_queries(9):
        page = _cold(client)
    assert page.count('<span class="org">') == shown
    assert ('<nav class="pagination"' in page) == (number > 10)


def test_a_certifier_goes_to_the_decisions() -> None:
    user, base = _staff_of(Role.CERTIFIER)
    page = _signed_in(user).get("/desk/").text
    assert base.name in page
    assert page.count("btn-primary") == 1


def test_a_verifier_goes_to_the_check() -> None:
    user, _association = _staff_of(Role.VERIFIER, OrganisationKind.ASSOCIATION)
    page = _signed_in(user).get("/desk/").text
    assert '<a class="btn btn-primary btn-lg" href="/verify/">' in page


@pytest.mark.parametrize(("number", "shown"), [(1, 1), (10, 10), (1000, 12)])
def test_an_authority_counts_what_it_oversees(number: int, shown: int, django_assert_num_queries) -> None:
    user, authority = _staff_of(Role.AUTHORITY_OFFICER, OrganisationKind.AUTHORITY)
    base = OrganisationFactory(parent=authority)
    MembershipFactory.create_batch(3, cohort=CohortFactory(organisation=base))
    OrganisationFactory(name="不归它管")
    Organisation.objects.bulk_create(
        [
            Organisation(
                code=f"Z{n:03d}",
                kind="base",
                name=f"基地 {n}",
                name_en=f"Base {n}",
                parent=authority,
                created_at=BEGINNING,
            )
            for n in range(number - 1)
        ]
    )
    client = _signed_in(user)
    with django_assert_num_queries(8):
        page = _cold(client)
    assert page.count('<span class="org">') == shown
    assert "不归它管" not in page


def test_an_editor_goes_to_the_editor() -> None:
    user = PersonFactory(user__is_staff=True, user__is_superuser=True).user
    assert '<a class="btn btn-primary btn-lg" href="/cms-admin/">' in _signed_in(user).get("/desk/").text


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_to_review_their_own_page(site, now) -> None:
    writer = PersonFactory(user__is_staff=True, user__is_superuser=True).user
    other = PersonFactory(user__is_staff=True, user__is_superuser=True).user
    words = {"title": "新的一期", "summary": "", "body": []}
    page = hand_in_news(slug="next-course", words=words, on=now.date(), author=writer)
    asked = f'href="/cms-admin/pages/{page.pk}/edit/">审核页面'
    count = '<span class="count">1</span>'

    theirs, own = (_signed_in(user).get("/desk/").text for user in (other, writer))

    assert asked in theirs
    assert count in theirs
    assert "新的一期" in own
    assert asked not in own
    assert count not in own


def test_the_switch_changes_the_desk(trainee) -> None:
    base = OrganisationFactory(name="第二个身份的基地")
    grant = RoleGrantFactory(user=trainee.user, organisation=base)
    client = _signed_in(trainee.user)
    assert "<h1>第二个身份的基地</h1>" in client.get("/desk/").text
    client.post("/desk/role/", {"hat": "trainee"})
    assert "段文博，这是你的工作台" in client.get("/desk/").text
    client.post("/desk/role/", {"hat": str(grant.pk)})
    assert "<h1>第二个身份的基地</h1>" in client.get("/desk/").text


@pytest.mark.parametrize("address", ["/desk/", "/me/", "/en/desk/"])
def test_a_visitor_is_sent_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert "/accounts/login/?next=" + address in response["Location"]


@pytest.mark.parametrize("number", [1, 30])
def test_who_approves_reads_what_waits(number: int, now, django_assert_num_queries) -> None:
    bench = Bench()
    for each in range(number):
        bench.prepare(now, person=bench.trainee(f"待定{each}"))
    client = _signed_in(bench.certifier)
    with django_assert_num_queries(8):
        page = _cold(client)
    said = "有超过 25 项结论等待办理" if number > 25 else "有 1 项结论等待办理"
    assert said in page
    assert page.count('<th scope="row"><a href="/base/decisions/') == min(number, 5)
    assert "康敏" in page


def test_what_has_waited_longest_stands_first(now) -> None:
    bench = Bench()
    for days, name in ((2, "等两天"), (9, "等九天"), (1, "等一天")):
        bench.prepare(now - timedelta(days=days), person=bench.trainee(name))
    page = _signed_in(bench.certifier).get("/desk/").text
    assert page.index("等九天") < page.index("等两天") < page.index("等一天")


def test_a_decision_that_is_made_no_longer_waits(now) -> None:
    bench = Bench()
    bench.approve(now)
    page = _signed_in(bench.certifier).get("/desk/").text
    assert "没有等待办理的结论" in page
    assert '<th scope="row"><a href="/base/decisions/' not in page


def test_a_trainee_finds_the_certificate_on_the_desk(now, clock) -> None:
    bench = Bench()
    certificate = bench.issue(now)
    page = _signed_in(bench.person.user).get("/desk/").text
    assert certificate.serial in page
    assert "接下来由培训基地拟定结论" not in page
