"""The rooms of the house and the public packages they stand on."""

INSTALLED_APPS = [
    # the composition root: `journey`, `seed_demo`
    "lms.demo",
    # rooms, roof first (the order of .importlinter)
    "lms.desks",
    "cms.pages",
    "certificates",
    "courses",
    "simulations",
    "lms.exams",
    "lms.marking",
    "lms.credits",
    "lms.cohorts",
    "lms.schemes",
    "lms.accounts",
    "lms.mailing",
    "lms.jobs",
    "lms.records",
    "cms.foundation",
    "cms.design",
    # wagtail
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # accounts
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # api and pages
    "rest_framework",
    "drf_spectacular",
    "csp",
    "django_htmx",
    "django_filters",
    # django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.foundation.middleware.VisitorPages",
    "django.middleware.gzip.GZipMiddleware",
    "cms.foundation.middleware.EditorContentSecurityPolicy",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cms.foundation.middleware.ApiLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.foundation.middleware.UploadCeiling",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cms.foundation.middleware.Redirects",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.foundation.context_processors.site",
                "lms.desks.context_processors.chrome",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
