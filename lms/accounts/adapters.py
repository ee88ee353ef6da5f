from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and sign-up by mail address; differs from allauth in nothing yet."""
