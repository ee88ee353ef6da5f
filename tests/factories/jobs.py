import factory

from lms.jobs.models import Job

from .accounts import BEGINNING


class JobFactory(factory.django.DjangoModelFactory):
    """A waiting row; `services.queue.enqueue` is how the house makes them."""

    class Meta:
        model = Job

    task = "jobs.forget-ended"
    max_attempts = 8
    run_after = BEGINNING
    created_at = BEGINNING
