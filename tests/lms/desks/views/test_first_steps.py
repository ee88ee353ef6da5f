"""What a desk says while there is nothing on it yet: the first step, and one act."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from lms.cohorts.enums import OrganisationKind, Role
from lms.exams.models import Attempt
from lms.schemes.models import Level, RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import SMALL_TREE, Bench
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course
from tests.factories.desks import crowd
from tests.factories.exams import ExamFactory, make_attempt, make_seat
from tests.factories.marking import allocation_of, make_marker, make_round, make_script

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def _desk(user, address: str = "/desk/") -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).text


def _works(role: Role, base=None, kind: OrganisationKind = OrganisationKind.BASE):
    person, base = PersonFactory(), base or OrganisationFactory(kind=kind)
    RoleGrantFactory(user=person.user, organisation=base, role=role)
    return person.user, base


@pytest.mark.parametrize("role", [Role.BASE_MANAGER, Role.TRAINER])
def test_a_base_without_a_cohort_learns_how_one_comes_about(role: Role, clock) -> None:
    user, _base = _works(role)
    page = _desk(user)
    assert "还没有班次" in page
    assert ("班次由平台为培训基地开设" in page) == (role == Role.BASE_MANAGER)
    assert 'class="figures"' not in page


def test_a_cohort_without_people_asks_for_its_roster(clock) -> None:
    user, base = _works(Role.BASE_MANAGER)
    cohort = CohortFactory(organisation=base, title="空着的班")
    page = _desk(user)
    assert "“空着的班”的名册里还没有人" in page
    assert f'href="/base/cohorts/{cohort.code}/roster/?base={base.code}"' in page
    assert page.count("btn-primary") == 1


def test_people_who_have_everything_come_before_everything_else(clock) -> None:
    bench = Bench()
    CohortFactory(organisation=bench.organisation)
    page = _desk(bench.manager)
    assert "1 人已达到等级的全部要求" in page
    assert bench.person.real_name in page
    assert page.count("btn-primary") == 1


def test_an_empty_authority_is_told_what_will_be_counted_here(clock) -> None:
    user, _authority = _works(Role.AUTHORITY_OFFICER, kind=OrganisationKind.AUTHORITY)
    page = _desk(user)
    assert "还没有培训基地归这个主管单位" in page
    assert "不显示姓名" in page


def test_a_small_group_is_counted_and_not_averaged(clock) -> None:
    user, authority = _works(Role.AUTHORITY_OFFICER, kind=OrganisationKind.AUTHORITY)
    crowd(OrganisationFactory(parent=authority), 4)
    page = _desk(user)
    assert 'data-l="人数"><span>4</span>' in page
    assert 'data-l="考试合格率"><span>–</span>' in page
    assert "名册里还没有人" in page  # the chart leaves the small base out


def test_a_verifier_who_never_checked_anything_begins_with_the_check(clock) -> None:
    user, _association = _works(Role.VERIFIER, kind=OrganisationKind.ASSOCIATION)
    page = _desk(user)
    assert page.index('href="/verify/"') < page.index("数字一览")
    assert "还没有签发过证书" in page
    assert "系统不记录是谁查验的" in page


def test_a_marker_learns_what_a_machine_marks(clock) -> None:
    user, base = _works(Role.MARKER)
    crowd(base, 8)
    page = _desk(user)
    assert "你还没有参加阅卷" in page
    assert "满五份阅过的答卷才画图" in page
    assert "<dd>4<" in page


def test_a_marker_finds_what_waits_and_nobody_elses_name(clock) -> None:
    round_ = make_round()
    user = make_marker(round_)
    scripts = [make_script(round_), make_script(round_)]
    page = _desk(user)
    assert "待评 2 份，已评 0 份" in page
    assert f"/desk/marking/script/{allocation_of(scripts[0], user).uid}/" in page
    assert not any(script.person.real_name in page for script in scripts)


def test_one_base_does_not_show_on_the_desk_of_another(clock) -> None:
    user, here = _works(Role.BASE_MANAGER)
    there = OrganisationFactory(name="另一个基地")
    RoleGrantFactory(user=user, organisation=there, role=Role.BASE_MANAGER)
    CohortFactory(organisation=here, title="这里的班")
    CohortFactory(organisation=there, title="那里的班")
    page = _desk(user)
    assert ("这里的班" in page, "那里的班" in page) == (True, False)


def test_a_trainer_reads_who_fell_silent(clock) -> None:
    user, base = _works(Role.TRAINER)
    made = crowd(base, 8)
    page = _desk(user)
    assert "2 人已有七天没有计入的学习" in page
    assert (made.people[0].real_name in page, made.people[1].real_name in page) == (True, False)


@pytest.fixture
def trainee(clock):
    """Somebody with a place in a cohort whose level asks for hours, an exam and a simulation."""
    cohort = CohortFactory()
    Level.objects.create(
        version=cohort.scheme_version, code="junior", name="初级", name_en="Junior", requirements=SMALL_TREE
    )
    return MembershipFactory(cohort=cohort).person


def test_an_exam_about_to_close_presses(trainee, now) -> None:
    seat = make_seat(ExamFactory(closes_at=now + timedelta(days=2)), person=trainee)
    page = _desk(trainee.user)
    assert "已逾期或将到期" in page
    assert "还有 2 天" in page
    Attempt.objects.filter(pk=make_attempt(seat).pk).update(state="submitted", ended_at=now)
    assert "已逾期或将到期" not in _desk(trainee.user)


def test_once_the_course_is_studied_the_next_thing_missing_is_the_act(trainee, now) -> None:
    made = enrolment_of(trainee, published_course(lessons=1))
    assert f'href="/learn/{made.uid}/"' in _desk(trainee.user)
    made.items.create(item_uid="item-1", covered_s=120, declared_s=120, state="complete", last_at=now, completed_at=now)
    RequirementFact.objects.create(
        person=trainee, kind="class-hours", ref="x", value=2, source="t", occurred_at=now, recorded_at=now
    )
    page = _desk(trainee.user)
    assert '<a class="btn btn-primary btn-lg" href="/exams/">' in page
    assert page.count("btn-primary") == 1


def test_the_certificate_is_the_act_of_who_holds_it(now, clock) -> None:
    bench = Bench()
    course = published_course(lessons=1)
    made = enrolment_of(bench.person, course)
    made.items.create(item_uid="item-1", covered_s=120, declared_s=120, state="complete", last_at=now, completed_at=now)
    bench.issue(now)
    page = _desk(bench.person.user)
    assert "你已持有这个等级的证书" in page
    assert '<a class="btn btn-primary btn-lg" href="/me/certificates/">' in page


@pytest.mark.parametrize("role", [Role.TRAINER, Role.MARKER, Role.BASE_MANAGER, Role.CERTIFIER])
def test_desks_speak_english_whole(role: Role, clock) -> None:
    user, base = _works(role)
    crowd(base, 12)
    with translation.override("en"):
        page = _desk(user, "/en/desk/")
    main = page[page.index("<main") : page.index("</main>")]
    for word in ("学时", "班次", "北京时间", "成绩", "证书", "星期"):
        assert word not in main
    assert "Beijing time" in main or role == Role.CERTIFIER
