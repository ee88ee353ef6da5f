"""What this room announces to the rooms above."""

from django.dispatch import Signal

# Sent inside the transaction that writes the outcome: `outcome` (Outcome), `source` (str, the script's), `now`.
script_decided = Signal()
