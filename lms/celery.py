"""The Celery application: it wakes workers, the job rows hold the truth (docs/decisions/0004)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")
app = Celery("jiqiao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
