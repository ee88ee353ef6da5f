"""What every model must say of itself, and what the migrations must keep."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOFS = ("lms", "courses", "simulations", "certificates", "cms")


def our_models() -> list[type[models.Model]]:
    """Models of the rooms, not of the frameworks."""
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in ROOFS and not m._meta.auto_created]


@pytest.mark.unit
@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_a_model_declares_whether_it_holds_personal_data(model: type[models.Model]) -> None:
    assert model.holds_personal_data in (True, False)
    if model.holds_personal_data:
        named = set(model.personal_fields)
        assert named
        assert named <= {field.name for field in model._meta.get_fields()}
        assert all(model.personal_fields.values())


@pytest.mark.unit
@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_a_model_says_what_a_row_is(model: type[models.Model]) -> None:
    assert (model.__doc__ or "").startswith("One row for every")


@pytest.mark.unit
@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_every_constraint_says_what_the_world_may_never_look_like(model: type[models.Model]) -> None:
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if str(constraint.violation_error_message) == str(constraint.default_violation_error_message)
    ]
    assert silent == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
