"""What this room announces to the rooms above."""

from django.dispatch import Signal

# Sent in the transaction that lets a result out, first or corrected: `result` (Result), `person_id`, `level`, `now`.
result_released = Signal()
