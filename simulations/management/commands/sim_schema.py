"""Print the JSON Schema of a scenario file, for editors and authors."""

import json
from typing import Any

from lms.kernel.commands import ContractCommand, Outcome
from simulations.engine.scenario import Scenario
from simulations.engine.varying import SET_WHEN_DRAWN


class Command(ContractCommand):
    help = "Print the JSON Schema of scenario files."

    def carry_out(self, **options: Any) -> Outcome:
        schema = Scenario.model_json_schema()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        for name in SET_WHEN_DRAWN:
            schema["properties"].pop(name)
        return Outcome(schema, [json.dumps(schema, ensure_ascii=False, indent=1)])
