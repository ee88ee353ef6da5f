"""A crowd of invented people for load tests, written in bulk; nobody in it can sign in with a password."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import Person, User
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed

BATCH = 2_000


class NoCrowdHere(NotAllowed):
    """Invented people are never mixed with real ones."""

    code = "crowd-outside-demonstration"
    message = _("People for load tests are invented in demonstrations only.")


@transaction.atomic
def register_crowd(*, people: Iterable[tuple[str, str]], now: datetime) -> list[Person]:
    """Register everybody of `people`, given as address and name, in a fixed number of statements for each 2,000."""
    if not is_demo():
        raise NoCrowdHere
    named = list(people)
    users = User.objects.bulk_create(
        [User(email=email, password=make_password(None), date_joined=now) for email, _name in named], BATCH
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in users], BATCH
    )
    return Person.objects.bulk_create(
        [Person(user=user, real_name=name, created_at=now) for user, (_email, name) in zip(users, named, strict=True)],
        BATCH,
    )
