"""Why Athena did what she did."""

from typing import Any, ClassVar, override

import probatio as vol

from ..intents.explain import ExplainIntent
from ..tool import READS, IntentTool


class ExplainTool(IntentTool):
    """Of a room's lights, its alarm, or whatever was last."""

    own_name: ClassVar = "Explain"
    title = "Explain"
    description = "Tells why Athena last changed a room's lights, why its alarm rang or not, or what she did last"
    annotations = READS

    @override
    def arguments(self) -> dict[vol.Marker, object]:
        return {vol.Optional("about"): vol.In(("lights", "alarm")), **self.room_argument()}

    @override
    def intent_of(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return ExplainIntent.intent_type, {"alarm": "rang"} if arguments.get("about") == "alarm" else {}
