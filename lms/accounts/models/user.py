from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users who sign in with a mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One row for every sign-in. The human behind it, with name and identity, is a `Person`.

    There is no user name; `phone` stands ready for sign-in by message and is not used for it yet.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "email": "sign-in and notices",
        "phone": "sign-in and urgent notices",
    }

    email = models.EmailField(_("mail address"), unique=True)
    phone = models.CharField(_("mobile number"), max_length=20, null=True, blank=True, unique=True)
    language = models.CharField(_("language of mails"), max_length=10, default="zh-hans")
    is_staff = models.BooleanField(_("may edit the site"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("One mail address belongs to one user, whatever its capital letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        person = getattr(self, "person", None)
        return person.real_name if person else self.email

    def get_short_name(self) -> str:
        return self.get_full_name()
