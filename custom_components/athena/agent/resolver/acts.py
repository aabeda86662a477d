"""The action of Home Assistant that does what is meant to one thing: what its own intents would call, where it has one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ..home import Entity, State
from .meanings import Act, Meaning, Value

STEP: Final = 20
"""Percent: what "brighter" is."""
LITTLE: Final = 10
"""Percent: what "a bit brighter" is."""
KELVIN_STEP: Final = 500

type Attributes = Mapping[str, Any]


def act_of(
    meaning: Meaning, entity: Entity, state: State | None, normal: Callable[[str], tuple[str, ...]]
) -> Act | None:
    """Return what to do to a thing; None where it cannot do what is meant. `normal` makes a text into comparable words."""
    attributes = state.attributes if state is not None else {}
    act = _Act(meaning, entity, state.state if state is not None else "", attributes, normal)
    found: Act | None = getattr(act, entity.domain, act.other)()
    return found


class _Act:
    """What one meaning is for one thing, a method for each domain."""

    def __init__(
        self,
        meaning: Meaning,
        entity: Entity,
        state: str,
        attributes: Attributes,
        normal: Callable[[str], tuple[str, ...]],
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
        return Act(domain=self.domain, action=action, data=data)

    def has(self, feature: int) -> bool:
        """Return whether it has a feature; one that tells of none is believed to."""
        return not self.features or bool(self.features & feature)

    # ---- switches of all sorts

    def other(self) -> Act | None:
        actions = {"on": "turn_on", "off": "turn_off", "toggle": "toggle", "start": "turn_on", "stop": "turn_off"}
        if self.meaning.values or self.prop is not None or self.sense not in actions:
            return None
        return self.act(actions[self.sense])

    def scene(self) -> Act | None:
        return (
            self.act("turn_on")
            if self.sense in ("on", "start", "activate", "set") and not self.meaning.values
            else None
        )

    def script(self) -> Act | None:
        action = {"on": "turn_on", "start": "turn_on", "activate": "turn_on", "off": "turn_off", "stop": "turn_off"}
        return self.act(action[self.sense]) if self.sense in action and not self.meaning.values else None

    def automation(self) -> Act | None:
        action = {"on": "turn_on", "off": "turn_off", "toggle": "toggle", "start": "trigger"}
        return self.act(action[self.sense]) if self.sense in action and not self.meaning.values else None

    def button(self) -> Act | None:
        return self.act("press") if self.sense in ("on", "press", "start") and not self.meaning.values else None

    input_button = button

    def lock(self) -> Act | None:
        if self.sense == "open":
            return self.act("open") if self.features & 1 else None
        return self.act(self.sense) if self.sense in ("lock", "unlock") and not self.meaning.values else None

    def alarm_control_panel(self) -> Act | None:
        features = {"arm_home": 1, "arm_away": 2, "arm_night": 4}
        if self.sense == "disarm":
            return self.act("alarm_disarm")
        return self.act(f"alarm_{self.sense}") if self.sense in features and self.has(features[self.sense]) else None

    # ---- lights

    def light(self) -> Act | None:
        if self.sense in ("off", "toggle"):
            return (
                self.act(f"turn_{self.sense}" if self.sense == "off" else "toggle") if not self.meaning.values else None
            )
        if self.sense in ("more", "less") and (self.value is None or self.value.by or not self.value.to):
            return self._light_step()
        if self.sense not in ("on", "set", "more", "less") or (self.sense != "on" and not self.meaning.values):
            return None
        data: dict[str, Any] = {}
        for value in self.meaning.values:
            if (more := self._light_data(value)) is None:
                return None
            data.update(more)
        return self.act("turn_on", **data)

    def _light_data(self, value: Value) -> dict[str, Any] | None:
        if value.color is not None:
            return {"rgb_color": value.color} if self._can_color() else None
        if value.mode:
            effect = self._chosen("effect_list")
            return {"effect": effect} if effect is not None else None
        if value.number is None:
            return None
        if value.unit == "kelvin" or self.prop == "color_temperature":
            return (
                {"color_temp_kelvin": round(value.number)}
                if self._can_white() and 1000 <= value.number <= 12000
                else None
            )
        bare = value.unit is None and (self.prop == "brightness" or value.to)
        if self.prop not in (None, "brightness") or not (bare or value.unit == "percent") or not self._can_dim():
            return None
        return {"brightness_pct": round(value.number)} if 0 <= value.number <= 100 else None

    def _light_step(self) -> Act | None:
        sign = 1 if self.sense == "more" else -1
        if self.prop in ("temperature", "color_temperature"):
            return self._white_step(-sign)
        if self.prop not in (None, "brightness") or not self._can_dim():
            return None
        amount = self.value.number if self.value is not None and self.value.number is not None else None
        if amount is None:
            amount = LITTLE if self.meaning.little else STEP
        elif not 0 < amount <= 100 or self.value is not None and self.value.unit not in ("percent", None):
            return None
        now = self.attributes.get("brightness")
        if sign < 0 and self.state == "off":
            return None
        if sign < 0 and now is not None and now / 2.55 <= amount + 1:
            return self.act("turn_on", brightness_pct=max(1, round(now / 2.55 / 2)))
        return self.act("turn_on", brightness_step_pct=round(sign * amount))

    def _white_step(self, sign: int) -> Act | None:
        now = self.attributes.get("color_temp_kelvin")
        if now is None or not self._can_white() or self.value is not None:
            return None
        least, most = (
            self.attributes.get("min_color_temp_kelvin", 2000),
            self.attributes.get("max_color_temp_kelvin", 6500),
        )
        return self.act("turn_on", color_temp_kelvin=max(least, min(most, round(now) + sign * KELVIN_STEP)))

    def _modes(self) -> frozenset[str] | None:
        modes = self.attributes.get("supported_color_modes")
        return frozenset(str(mode) for mode in modes) if modes else None

    def _can_dim(self) -> bool:
        modes = self._modes()
        return modes is None or bool(modes - {"onoff", "unknown"})

    def _can_color(self) -> bool:
        modes = self._modes()
        return modes is None or bool(modes & {"hs", "xy", "rgb", "rgbw", "rgbww"})

    def _can_white(self) -> bool:
        modes = self._modes()
        return modes is None or bool(modes & {"color_temp", "hs", "xy", "rgb", "rgbw", "rgbww"})

    # ---- covers and valves

    def cover(self) -> Act | None:
        return self._moved("cover")

    def valve(self) -> Act | None:
        if self.sense in ("on", "off", "start"):
            self.sense = "close" if self.sense == "off" else "open"
        return self._moved("valve")

    def _moved(self, domain: str) -> Act | None:
        moves = {"open": "open", "more": "open", "close": "close", "less": "close", "stop": "stop"}
        if self.value is None:
            if self.sense == "toggle":
                return self.act("toggle")
            if self.sense not in moves or self.prop not in (None, "position"):
                return None
            feature = {"open": 1, "close": 2, "stop": 8}[moves[self.sense]]
            return self.act(f"{moves[self.sense]}_{domain}") if self.has(feature) else None
        number = self.value.number
        if number is None or self.value.unit not in (None, "percent") or self.prop not in (None, "position"):
            return None
        if not self.has(4) or not 0 <= number <= 100:
            # "All the way open" asks for no position.
            return (
                self.act(f"{moves[self.sense]}_{domain}") if number == 100 and self.sense in ("open", "close") else None
            )
        return self._position(number, domain)

    def _position(self, number: float, domain: str) -> Act | None:
        assert self.value is not None
        now = self.attributes.get("current_position")
        if self.sense in ("more", "less") and not self.value.to:
            if now is None:
                return None
            number = max(0, min(100, now + (number if self.sense == "more" else -number)))
        elif self.sense == "close" and not self.value.to and number != 50:
            # "Close them 30 percent": shut by a third, or a third open?
            return self.act(f"close_{domain}") if number == 100 else None
        elif self.sense not in ("set", "open", "close", "more", "less"):
            return None
        return self.act(f"set_{domain}_position", position=round(number))

    # ---- fans and air

    def fan(self) -> Act | None:
        plain = {"on": "turn_on", "off": "turn_off", "toggle": "toggle", "start": "turn_on", "stop": "turn_off"}
        if not self.meaning.values and self.sense in plain:
            return self.act(plain[self.sense])
        if self.prop not in (None, "speed", "mode"):
            return None
        if self.sense in ("more", "less") and (self.value is None or not self.value.to):
            if not self.has(1) or self.value is not None and self.value.unit != "percent":
                return None
            step = {} if self.value is None else {"percentage_step": round(self.value.number or 0)}
            return self.act("increase_speed" if self.sense == "more" else "decrease_speed", **step)
        if self.value is None or self.sense not in ("on", "set", "more", "less"):
            return None
        if self.value.mode:
            mode = self._chosen("preset_modes")
            return self.act("set_preset_mode", preset_mode=mode) if mode is not None else None
        number = self.value.speed if self.value.speed is not None else self.value.number
        if number is None or not self.has(1) or not 0 <= number <= 100 or self.value.unit not in (None, "percent"):
            return None
        return self.act("turn_on", percentage=round(number))

    def humidifier(self) -> Act | None:
        if not self.meaning.values:
            return self.other()
        if self.value is None or self.sense not in ("set", "on", "more", "less"):
            return None
        if self.value.mode:
            mode = self._chosen("available_modes")
            return self.act("set_mode", mode=mode) if mode is not None else None
        return self._humidity()

    def _humidity(self) -> Act | None:
        number = self.value.number if self.value is not None else None
        least, most = self.attributes.get("min_humidity", 0), self.attributes.get("max_humidity", 100)
        if (
            number is None
            or self.value is None
            or self.value.by
            or self.value.unit not in (None, "percent")
            or not least <= number <= most
        ):
            return None
        return self.act("set_humidity", humidity=round(number))

    # ---- heating and cooling

    def climate(self) -> Act | None:
        plain = {"on": "turn_on", "off": "turn_off", "toggle": "toggle", "start": "turn_on", "stop": "turn_off"}
        if not self.meaning.values and self.sense in plain:
            return self.act(plain[self.sense])
        if self.prop == "humidity":
            return self._humidity() if self.features & 4 else None
        if self.value is not None and self.value.mode:
            return self._climate_mode() if self.sense in ("set", "on") else None
        if self.prop not in (None, "temperature") or not self.has(1):
            return None
        return self._temperature()

    def _climate_mode(self) -> Act | None:
        for listed, action, key in (
            ("hvac_modes", "set_hvac_mode", "hvac_mode"),
            ("preset_modes", "set_preset_mode", "preset_mode"),
            ("fan_modes", "set_fan_mode", "fan_mode"),
        ):
            if (mode := self._chosen(listed)) is not None:
                return self.act(action, **{key: mode})
        return None

    def water_heater(self) -> Act | None:
        if not self.meaning.values and self.sense in ("on", "off"):
            return self.act(f"turn_{self.sense}")
        if self.value is not None and self.value.mode and self.sense == "set":
            mode = self._chosen("operation_list")
            return self.act("set_operation_mode", operation_mode=mode) if mode is not None else None
        return self._temperature() if self.prop in (None, "temperature") and self.has(1) else None

    def _temperature(self) -> Act | None:
        """Return what sets the temperature, within what the thing allows."""
        number = self.value.number if self.value is not None else None
        if self.sense in ("more", "less") and (self.value is None or not self.value.to):
            now = self.attributes.get("temperature")
            if self.sense == "more" and self.state == "off" and self.value is None:
                return self.act("turn_on")
            if now is None or self.value is not None and (number is None or self.value.unit == "percent"):
                return None
            step = number if number is not None else max(1.0, float(self.attributes.get("target_temp_step") or 1))
            number = float(now) + (step if self.sense == "more" else -step)
        elif self.sense not in ("set", "on", "more", "less") or number is None or self.value is None:
            return None
        elif self.value.unit not in (None, "degree", "celsius", "fahrenheit"):
            return None
        else:
            number = self._degrees(number, self.value.unit)
        least, most = self.attributes.get("min_temp"), self.attributes.get("max_temp")
        if (least is not None and number < least) or (most is not None and number > most):
            return None
        return self.act("set_temperature", temperature=int(number) if number == int(number) else round(number, 1))

    def _degrees(self, number: float, unit: str | None) -> float:
        """Return a temperature in the thing's own unit: one that is out of its reach was meant in the other."""
        least, most = self.attributes.get("min_temp"), self.attributes.get("max_temp")
        if least is None or most is None or least <= number <= most:
            return number
        match unit:
            case "celsius":
                return float(round(number * 1.8 + 32))
            case "fahrenheit":
                return round((number - 32) / 1.8, 1)
        return number

    # ---- what plays

    def media_player(self) -> Act | None:
        plain = {
            "on": ("turn_on", 128),
            "off": ("turn_off", 256),
            "toggle": ("toggle", 128),
            "play": ("media_play", 16384),
            "resume": ("media_play", 16384),
            "pause": ("media_pause", 1),
            "stop": ("media_stop", 4096),
            "next": ("media_next_track", 32),
            "previous": ("media_previous_track", 16),
        }
        if not self.meaning.values and self.sense in plain:
            action, feature = plain[self.sense]
            if self.sense == "stop" and not self.has(feature) and self.has(1):
                return self.act("media_pause")
            return self.act(action) if self.has(feature) else None
        if self.sense in ("mute", "unmute") and not self.meaning.values:
            return self.act("volume_mute", is_volume_muted=self.sense == "mute") if self.has(8) else None
        if self.value is not None and self.value.mode:
            source = self._chosen("source_list") if self.sense in ("set", "on", "play") else None
            return self.act("select_source", source=source) if source is not None else None
        return self._volume() if self.prop in (None, "volume") else None

    def _volume(self) -> Act | None:
        if self.sense in ("more", "less") and (self.value is None or not self.value.to):
            sign = 1 if self.sense == "more" else -1
            if self.value is None:
                return self.act("volume_up" if sign > 0 else "volume_down") if self.has(4 | 1024) else None
            now = self.attributes.get("volume_level")
            if now is None or self.value.number is None or not self.has(4):
                return None
            level = max(0.0, min(1.0, float(now) + sign * self.value.number / 100))
            return self.act("volume_set", volume_level=round(level, 2))
        if (
            self.value is None
            or self.value.number is None
            or self.sense not in ("set", "more", "less")
            or not self.has(4)
        ):
            return None
        if not 0 <= self.value.number <= 100 or self.value.unit not in (None, "percent"):
            return None
        return self.act("volume_set", volume_level=self.value.number / 100)

    # ---- robots

    def vacuum(self) -> Act | None:
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
        option = self._chosen("options") if self.sense == "set" else None
        return self.act("select_option", option=option) if option is not None else None

    input_select = select

    def _chosen(self, attribute: str) -> str | None:
        """Return the one of a list of the thing's own that the value's words say."""
        if self.value is None or not self.value.mode:
            return None
        wanted = self.value.mode
        found = [str(each) for each in self.attributes.get(attribute) or () if self.normal(str(each)) == wanted]
        return found[0] if len(found) == 1 else None
