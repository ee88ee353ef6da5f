from typing import Any

from django.core.management import call_command

from cms.foundation.services.public_texts import rebuild_public_texts
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Write anew what visitors can find, and the search index of everything."

    def carry_out(self, **options: Any) -> Outcome:
        texts = rebuild_public_texts()
        call_command("wagtail_update_index", verbosity=0)
        return Outcome({"texts": texts}, [f"{texts} public texts, and the index of everything, written."])
