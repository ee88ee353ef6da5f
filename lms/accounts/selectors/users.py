"""Finding sign-ins."""

from collections.abc import Collection

from django.db.models import QuerySet

from lms.accounts.models import User


def user_by_mail(address: str) -> User | None:
    """The user who signs in with this address, whatever its capital letters."""
    return User.objects.filter(email__iexact=address.strip()).first()


def mails_in_use(addresses: Collection[str]) -> set[str]:
    """Those of `addresses` that sign somebody in, in small letters; one query."""
    wanted = {address.lower() for address in addresses}
    return {mail.lower() for mail in User.objects.filter(email__in=wanted).values_list("email", flat=True)}


def users_by_mail_prefix(beginning: str) -> QuerySet[User]:
    """Users who may sign in and whose address begins like this, in the order of their addresses."""
    return User.objects.filter(email__startswith=beginning, is_active=True).order_by("email")
