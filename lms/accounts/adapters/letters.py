"""What the mails about sign-in say, under the names by which allauth asks for them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class SignInMail:
    """One mail: subject, sentences, the link by the name that allauth gives the address; or a code to type in."""

    subject: Words
    sentences: tuple[Words, ...]
    action: Words = ""
    link: str = ""
    code: bool = False


_IGNORE = _("If it was not you, you need not do anything.")
_ACT = _("If it was not you, set a new password at once and write to your training base.")
_CONFIRM = SignInMail(
    _("Confirm your mail address"),
    (_("This address was given at Jiqiao. Confirm that it is yours; the link works for three days."), _IGNORE),
    _("Confirm the address"),
    "activate_url",
)

SIGN_IN_MAILS = {
    "account/email/email_confirmation": _CONFIRM,
    "account/email/email_confirmation_signup": _CONFIRM,
    "account/email/password_reset_key": SignInMail(
        _("Set a new password"),
        (
            _("Somebody asked for a new password for your sign-in. Set it by the link below; the link works once."),
            _IGNORE,
        ),
        _("Set a new password"),
        "password_reset_url",
    ),
    "account/email/unknown_account": SignInMail(
        _("No sign-in with this address"),
        (
            _("Somebody asked for a new password for %(email)s. There is no sign-in with this address at Jiqiao."),
            _("Perhaps you signed up with another address, or not yet."),
            _IGNORE,
        ),
        _("Sign up"),
        "signup_url",
    ),
    "account/email/account_already_exists": SignInMail(
        _("You have a sign-in already"),
        (
            _("Somebody tried to sign up with %(email)s. There is a sign-in with this address already."),
            _("If you have forgotten the password, set a new one."),
            _IGNORE,
        ),
        _("Set a new password"),
        "password_reset_url",
    ),
    "account/email/login_code": SignInMail(
        _("Your code for signing in"), (_("Type this code into the page on which you sign in."), _IGNORE), code=True
    ),
    "account/email/password_reset_code": SignInMail(
        _("Your code for a new password"), (_("Type this code into the page that asks for it."), _IGNORE), code=True
    ),
    "account/email/email_changed": SignInMail(
        _("Your mail address was changed"),
        (_("You sign in with %(to_email)s from now on, no longer with %(from_email)s."), _ACT),
    ),
    "account/email/email_confirm": SignInMail(
        _("Your mail address is confirmed"), (_("Your mail address is confirmed."), _ACT)
    ),
    "account/email/email_deleted": SignInMail(
        _("A mail address was removed"), (_("The address %(deleted_email)s was removed from your sign-in."), _ACT)
    ),
    "account/email/password_changed": SignInMail(
        _("Your password was changed"), (_("Your password was changed."), _ACT)
    ),
    "account/email/password_reset": SignInMail(
        _("Your password was set anew"), (_("Your password was set anew by the link in a mail."), _ACT)
    ),
    "account/email/password_set": SignInMail(_("A password was set"), (_("Your sign-in has a password now."), _ACT)),
    "mfa/email/totp_activated": SignInMail(
        _("Second factor switched on"),
        (_("From now on signing in also asks for a code of your authenticator app."), _ACT),
    ),
    "mfa/email/totp_deactivated": SignInMail(
        _("Second factor switched off"),
        (_("Signing in no longer asks for a code of your authenticator app."), _ACT),
    ),
    "mfa/email/recovery_codes_generated": SignInMail(
        _("New recovery codes"),
        (_("New recovery codes were made for your sign-in; the old ones no longer work."), _ACT),
    ),
    "mfa/email/webauthn_added": SignInMail(
        _("A security key was added"), (_("A security key was added to your sign-in."), _ACT)
    ),
    "mfa/email/webauthn_removed": SignInMail(
        _("A security key was removed"), (_("A security key was removed from your sign-in."), _ACT)
    ),
}
