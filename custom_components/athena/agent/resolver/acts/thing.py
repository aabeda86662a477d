"""What every thing shares when an action is sought for it."""

from collections.abc import Callable, Mapping
from typing import Any

from ...home import Entity
from ..language.words import Words
from .meanings import Act, Meaning

type Attributes = Mapping[str, Any]


class ActOfThing:
    """One meaning, for one thing; a method for each domain is added by those that know it."""

    def __init__(
        self,
        meaning: Meaning,
        entity: Entity,
        state: str,
        attributes: Attributes,
        normal: Callable[[str], Words],
    ) -> None:
        self.meaning = meaning
        self.sense = meaning.sense
        self.prop = meaning.prop
        self.value = meaning.value
        self.domain = entity.domain
        self.device_class = entity.device_class
        self.state = state
        self.attributes = attributes
        self.features = int(attributes.get("supported_features", entity.features) or 0)
        self.normal = normal

    def act(self, action: str, /, **data: Any) -> Act:
        """Return an action of the thing's own domain."""
        return Act(domain=self.domain, action=action, data=data)

    def has(self, feature: int) -> bool:
        """Return whether it has a feature; one that tells of none is believed to."""
        return not self.features or bool(self.features & feature)

    def _chosen(self, attribute: str) -> str | None:
        """Return the one of a list of the thing's own that the value's words say."""
        if self.value is None or not self.value.mode:
            return None
        wanted = self.value.mode
        found = [str(each) for each in self.attributes.get(attribute) or () if self.normal(str(each)) == wanted]
        return found[0] if len(found) == 1 else None

    def other(self) -> Act | None:
        """Return what to do to whatever goes on and off."""
        actions = {"on": "turn_on", "off": "turn_off", "toggle": "toggle", "start": "turn_on", "stop": "turn_off"}
        if self.meaning.values or self.prop is not None or self.sense not in actions:
            return None
        return self.act(actions[self.sense])
