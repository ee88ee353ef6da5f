from datetime import UTC, datetime

import factory

from lms.accounts.models import Person, User

BEGINNING = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
PASSWORD = "bridge-over-valley"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@jiqiao.example")
    password = factory.django.Password(PASSWORD)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    real_name = factory.Sequence(lambda n: f"段文博{n}")
    latin_name = factory.Sequence(lambda n: f"DUAN Wenbo {n}")
    created_at = BEGINNING
