"""Print the JSON Schema of a scenario file, for editors and authors."""

import json
from typing import Any

from lms.kernel.commands import ContractCommand, Outcome
from simulations.engine.scenario import Scenario


class Command(ContractCommand):
    help = "Print the JSON Schema of scenario files."

    def carry_out(self, **options: Any) -> Outcome:
        schema = Scenario.model_json_schema()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        for name in ("variant_no", "level_now"):  # set when a variant is drawn, never written in a file
            schema["properties"].pop(name)
        return Outcome(schema, [json.dumps(schema, ensure_ascii=False, indent=1)])
