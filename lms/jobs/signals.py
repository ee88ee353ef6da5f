"""What this room announces to the rooms above."""

from django.dispatch import Signal

# Sent inside the transaction in which a job is given up: `job_id`, `task`, `error`, `now`.
job_failed = Signal()
