"""The action of Home Assistant that does what is meant to one thing.

What its own intents would call, where it has one.
"""

from collections.abc import Callable

from ...home import Entity, State
from ..language.words import Words
from .air import AirAct
from .cover import CoverAct
from .light import LightAct
from .meanings import Act, Meaning
from .media import MediaAct


def act_of(meaning: Meaning, entity: Entity, state: State | None, normal: Callable[[str], Words]) -> Act | None:
    """Return what to do to a thing; None where it cannot do what is meant.

    `normal` makes a text into comparable words.
    """
    attributes = state.attributes if state is not None else {}
    act = _Act(meaning, entity, state.state if state is not None else "", attributes, normal)
    found: Act | None = getattr(act, entity.domain, act.other)()
    return found


class _Act(LightAct, CoverAct, AirAct, MediaAct):
    """What one meaning is for one thing, a method for each domain."""

    # ---- switches of all sorts

    def scene(self) -> Act | None:
        """Return what to do to a scene."""
        return (
            self.act("turn_on")
            if self.sense in ("on", "start", "activate", "set") and not self.meaning.values
            else None
        )

    def script(self) -> Act | None:
        """Return what to do to a script."""
        action = {"on": "turn_on", "start": "turn_on", "activate": "turn_on", "off": "turn_off", "stop": "turn_off"}
        return self.act(action[self.sense]) if self.sense in action and not self.meaning.values else None

    def automation(self) -> Act | None:
        """Return what to do to an automation."""
        action = {"on": "turn_on", "off": "turn_off", "toggle": "toggle", "start": "trigger"}
        return self.act(action[self.sense]) if self.sense in action and not self.meaning.values else None

    def button(self) -> Act | None:
        """Return what to do to a button."""
        return self.act("press") if self.sense in ("on", "press", "start") and not self.meaning.values else None

    input_button = button

    def lock(self) -> Act | None:
        """Return what to do to a lock."""
        if self.sense == "open":
            return self.act("open") if self.features & 1 else None
        return self.act(self.sense) if self.sense in ("lock", "unlock") and not self.meaning.values else None

    def alarm_control_panel(self) -> Act | None:
        """Return what to do to an alarm."""
        features = {"arm_home": 1, "arm_away": 2, "arm_night": 4}
        if self.sense == "disarm":
            return self.act("alarm_disarm")
        return self.act(f"alarm_{self.sense}") if self.sense in features and self.has(features[self.sense]) else None

    # ---- robots

    def vacuum(self) -> Act | None:
        """Return what to do to a vacuum."""
        actions = {
            "start": ("start", 8192),
            "on": ("start", 8192),
            "clean": ("start", 8192),
            "resume": ("start", 8192),
            "pause": ("pause", 4),
            "stop": ("stop", 8),
            "dock": ("return_to_base", 16),
            "locate": ("locate", 512),
        }
        if self.value is not None and self.value.mode and self.sense == "set":
            speed = self._chosen("fan_speed_list")
            return self.act("set_fan_speed", fan_speed=speed) if speed is not None else None
        if self.meaning.values or self.sense not in actions or self.prop is not None:
            return None
        action, feature = actions[self.sense]
        return self.act(action) if self.has(feature) else None

    def lawn_mower(self) -> Act | None:
        """Return what to do to a mower."""
        actions = {
            "start": ("start_mowing", 1),
            "on": ("start_mowing", 1),
            "resume": ("start_mowing", 1),
            "pause": ("pause", 2),
            "stop": ("dock", 4),
            "dock": ("dock", 4),
        }
        if self.meaning.values or self.sense not in actions:
            return None
        action, feature = actions[self.sense]
        return self.act(action) if self.has(feature) else None

    # ---- numbers and choices

    def number(self) -> Act | None:
        """Return what to do to a number."""
        if self.value is None or self.value.number is None:
            return None
        number = self.value.number
        if self.sense in ("more", "less") and not self.value.to:
            try:
                number = float(self.state) + (number if self.sense == "more" else -number)
            except ValueError:
                return None
        elif self.sense not in ("set", "more", "less"):
            return None
        least, most = self.attributes.get("min"), self.attributes.get("max")
        if (least is not None and number < least) or (most is not None and number > most):
            return None
        return self.act("set_value", value=number)

    input_number = number

    def select(self) -> Act | None:
        """Return what to do to a choice."""
        option = self._chosen("options") if self.sense == "set" else None
        return self.act("select_option", option=option) if option is not None else None

    input_select = select
