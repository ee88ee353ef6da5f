import pytest
from django.utils.translation import override

from lms.accounts.models import Person
from lms.accounts.services.identity import reveal
from lms.cohorts.enums import MembershipState, Role
from lms.cohorts.models import Membership
from lms.cohorts.services.cohorts import withdraw_member
from lms.cohorts.services.rosters import carry_out_import, importing, plan_import, read_roster
from lms.cohorts.services.rosters.importing import MayNotImport
from lms.cohorts.services.rosters.samples import good_table, samples, workbook_bytes
from lms.records.models import AuditEvent
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def cohort(clock):
    return CohortFactory()


@pytest.fixture
def manager(cohort):
    return RoleGrantFactory(organisation=cohort.organisation).user


def table(*rows: tuple[str, ...]):
    head = ["姓名", "邮箱", "身份证号", "工作单位", "等级", "拼音"]
    return read_roster(workbook_bytes([head, *(list(row) + [""] * (6 - len(row)) for row in rows)]))


def sample(name: str):
    return read_roster(next(found.content for found in samples() if found.name == f"roster-{name}"))


def verdicts(plan) -> list[tuple[int, str, list[tuple[str, str]]]]:
    return [(row.number, row.action.value, [(error.column, error.code) for error in row.errors]) for row in plan.rows]


def judged(cohort, now, *rows: tuple[str, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    plan = plan_import(cohort=cohort, sheet=table(*rows), now=now)
    return [(action, errors) for _number, action, errors in verdicts(plan)]


def test_a_preview_writes_nothing(cohort, now) -> None:
    plan = plan_import(cohort=cohort, sheet=sample("good.xlsx"), now=now)
    assert plan.counts == {"create": 12, "update": 0, "skip": 0, "error": 0}
    assert (Person.objects.count(), Membership.objects.count()) == (0, 0)


def test_an_import_registers_people_with_place_number_and_fact(cohort, manager, now) -> None:
    plan = carry_out_import(cohort=cohort, sheet=sample("good.xlsx"), imported_by=manager, now=now)
    assert plan.to_write == 12
    places = cohort.memberships.select_related("person__user").order_by("pk")
    assert [(place.person.real_name, place.employer) for place in places][:2] == [
        ("贺淑敏", "汾川精密铸造有限公司（虚构）"),
        ("米建华", "汾川精密铸造有限公司（虚构）"),
    ]
    first = places[0].person
    assert (first.latin_name, first.user.email) == ("HE Shumin", "he.shumin@jiqiao.example")
    assert reveal(person=first, actor="user:1", reason="test", now=now) == good_table()[1][3]
    assert RequirementFact.objects.filter(kind="identity").count() == 12
    event = AuditEvent.objects.get(action="cohorts.roster.import")
    assert (event.organisation, event.detail["counts"]["create"]) == (cohort.organisation.code, 12)


@pytest.mark.parametrize("again", ["good.xlsx", "gb18030.csv", "utf8-bom.csv"])
def test_the_same_people_again_change_nothing(cohort, manager, now, again) -> None:
    carry_out_import(cohort=cohort, sheet=sample("good.xlsx"), imported_by=manager, now=now)
    before = list(Person.objects.order_by("pk").values_list("pk", "real_name", "identity_hash"))
    plan = carry_out_import(cohort=cohort, sheet=sample(again), imported_by=manager, now=now)
    assert plan.counts == {"create": 0, "update": 0, "skip": 12, "error": 0}
    assert list(Person.objects.order_by("pk").values_list("pk", "real_name", "identity_hash")) == before
    assert RequirementFact.objects.count() == 12


def test_a_wrong_row_is_left_and_the_others_are_written(cohort, manager, now) -> None:
    plan = carry_out_import(cohort=cohort, sheet=sample("bad-check-digit.xlsx"), imported_by=manager, now=now)
    assert plan.counts == {"create": 11, "update": 0, "skip": 0, "error": 1}
    assert verdicts(plan)[2] == (4, "error", [("identity_number", "identity-check-digit")])
    assert not Person.objects.filter(real_name="段文博").exists()
    mended = carry_out_import(cohort=cohort, sheet=sample("good.xlsx"), imported_by=manager, now=now)
    assert mended.counts == {"create": 1, "update": 0, "skip": 11, "error": 0}


def test_the_sentence_about_a_check_digit_names_both(cohort, now) -> None:
    with override("en"):
        plan = plan_import(cohort=cohort, sheet=table(("冯洁", "f@x.example", "990101199708120013")), now=now)
        (error,) = plan.rows[0].errors
    assert error.message.startswith("The check digit should be ")
    assert error.message.endswith(", the sheet says 3.")


def test_an_empty_row_is_left_out_with_a_verdict(cohort, now) -> None:
    plan = plan_import(cohort=cohort, sheet=sample("empty-row.xlsx"), now=now)
    assert plan.counts == {"create": 12, "update": 0, "skip": 1, "error": 0}
    assert verdicts(plan)[3] == (5, "skip", [("", "empty-row")])


def test_of_two_rows_with_one_address_neither_is_written(cohort, now) -> None:
    plan = plan_import(cohort=cohort, sheet=sample("duplicate-mail.xlsx"), now=now)
    assert plan.counts == {"create": 10, "update": 0, "skip": 0, "error": 2}
    with override("en"):
        plan = plan_import(cohort=cohort, sheet=sample("duplicate-mail.xlsx"), now=now)
    assert [(row.number, row.errors[0].message) for row in plan.rows if row.errors] == [
        (5, "The same as in row 6. Compare both and keep one."),
        (6, "The same as in row 5. Compare both and keep one."),
    ]


NUMBER = good_table()[1][3]
ANOTHER = good_table()[2][3]


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (("", "f@x.example"), [("name", "missing")]),
        (("冯洁", ""), [("email", "missing")]),
        (("冯洁", "not a mail"), [("email", "mail-invalid")]),
        (("冯洁", "f@x.example", "", "", "高级"), [("level", "level-differs")]),
        (("冯洁", "f@x.example", "11010519491231002X"), [("identity_number", "identity-real-region")]),
        (("冯" * 61, "f@x.example"), [("name", "too-long")]),
        (("=1+1", "f@x.example"), [("name", "formula")]),
        (
            ("", "no mail", "12"),
            [("identity_number", "identity-shape"), ("name", "missing"), ("email", "mail-invalid")],
        ),
    ],
)
def test_each_mistake_is_found_with_its_column(cohort, now, row, errors) -> None:
    assert judged(cohort, now, row) == [("error", errors)]


def test_two_rows_with_one_number_are_both_wrong(cohort, now) -> None:
    assert judged(cohort, now, ("冯洁", "a@x.example", NUMBER), ("冯洁", "b@x.example", NUMBER)) == [
        ("error", [("identity_number", "duplicate-identity")]),
        ("error", [("identity_number", "duplicate-identity")]),
    ]


def test_what_speaks_against_the_register_is_refused_without_naming_anybody(cohort, manager, now) -> None:
    carry_out_import(cohort=cohort, sheet=table(("贺淑敏", "he@x.example", NUMBER)), imported_by=manager, now=now)
    UserFactory(email="root@x.example")
    other = CohortFactory()
    plan = plan_import(
        cohort=other,
        sheet=table(
            ("冯洁", "new@x.example", NUMBER),
            ("贺树民", "he@x.example", ""),
            ("管理员", "root@x.example", ""),
        ),
        now=now,
    )
    assert verdicts(plan) == [
        (2, "error", [("identity_number", "identity-taken")]),
        (3, "error", [("name", "name-differs")]),
        (4, "error", [("email", "mail-without-person")]),
    ]
    said = " ".join(error.message for row in plan.rows for error in row.errors)
    assert "贺淑敏" not in said
    assert "he@x.example" not in said
    assert judged(other, now, ("贺淑敏", "he@x.example", ANOTHER)) == [
        ("error", [("identity_number", "identity-differs")])
    ]


def test_somebody_known_from_another_base_gets_a_place_and_stays_one_person(cohort, manager, now) -> None:
    known = PersonFactory(real_name="任建国", user__email="ren@x.example")
    MembershipFactory(person=known)
    carry_out_import(cohort=cohort, sheet=table(("任建国", "REN@x.example", NUMBER)), imported_by=manager, now=now)
    assert Person.objects.filter(real_name="任建国").get() == known
    assert cohort.memberships.get().person == known
    known.refresh_from_db()
    assert known.identity_tail == NUMBER[-4:]


def test_an_update_adds_what_was_missing_and_brings_back_who_left(cohort, manager, now) -> None:
    first = table(("任建国", "ren@x.example"), ("冯洁", "feng@x.example"))
    carry_out_import(cohort=cohort, sheet=first, imported_by=manager, now=now)
    left = cohort.memberships.get(person__real_name="冯洁")
    withdraw_member(membership=left, reason="ill", actor="user:1", now=now)
    second = table(("任建国", "ren@x.example", NUMBER, "河东所", "初级", "REN Jianguo"), ("冯洁", "feng@x.example"))
    plan = carry_out_import(cohort=cohort, sheet=second, imported_by=manager, now=now)
    assert [row.action for row in plan.rows] == ["update", "update"]
    ren = cohort.memberships.select_related("person").get(person__real_name="任建国")
    assert (ren.employer, ren.person.latin_name, ren.person.identity_tail) == ("河东所", "REN Jianguo", NUMBER[-4:])
    left.refresh_from_db()
    assert left.state == MembershipState.ACTIVE


def test_who_is_missing_from_the_file_stays(cohort, manager, now) -> None:
    stays = MembershipFactory(cohort=cohort)
    carry_out_import(cohort=cohort, sheet=sample("good.xlsx"), imported_by=manager, now=now)
    stays.refresh_from_db()
    assert stays.state == MembershipState.ACTIVE
    assert cohort.memberships.count() == 13


@pytest.mark.parametrize("role", [Role.TRAINER, Role.CERTIFIER, Role.AUTHORITY_OFFICER])
def test_only_a_manager_of_the_base_imports(cohort, now, role) -> None:
    user = RoleGrantFactory(organisation=cohort.organisation, role=role).user
    elsewhere = RoleGrantFactory().user
    for somebody in (user, elsewhere):
        with pytest.raises(MayNotImport):
            carry_out_import(cohort=cohort, sheet=sample("good.xlsx"), imported_by=somebody, now=now)
    assert Person.objects.count() == 0


@pytest.mark.db
def test_a_fault_in_the_middle_leaves_nothing_half_written(cohort, manager, now, monkeypatch) -> None:
    written = []

    def fails_at_the_fifth(*arguments):
        written.append(arguments)
        if len(written) == 5:
            raise RuntimeError("the disk is full")
        return real(*arguments)

    real = importing._write
    monkeypatch.setattr(importing, "_write", fails_at_the_fifth)
    with pytest.raises(RuntimeError, match="disk"):
        carry_out_import(cohort=cohort, sheet=sample("good.xlsx"), imported_by=manager, now=now)
    assert (Person.objects.count(), Membership.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


def test_a_preview_costs_the_same_for_ten_and_for_a_thousand_rows(cohort, now, django_assert_num_queries) -> None:
    MembershipFactory(cohort=cohort, person__real_name="学员0", person__user__email="p0@x.example")
    for size in (10, 1000):
        sheet = table(*((f"学员{n}", f"p{n}@x.example", NUMBER if n == 1 else "") for n in range(size)))
        with django_assert_num_queries(4):
            plan = plan_import(cohort=cohort, sheet=sheet, now=now)
        assert plan.counts == {"create": size - 1, "update": 0, "skip": 1, "error": 0}
