"""What is done to fans, humidifiers, heating and cooling."""

from typing import Final

from .meanings import Act
from .thing import ActOfThing

STEP: Final = 20
"""Percent: so much faster or slower is felt."""
LITTLE_STEP: Final = 10
"""Percent: "a bit"."""
NEARLY: Final = 0.75
"""A fan's own step that is so much of it will do."""


class AirAct(ActOfThing):
    """Speed, humidity, temperature and modes."""

    def fan(self) -> Act | None:
        """Return what to do to a fan."""
        if not self.meaning.values and self.sense not in ("more", "less"):
            return self.other()
        if self.prop not in (None, "speed", "mode"):
            return None
        if self.sense in ("more", "less") and (self.value is None or not self.value.to):
            return self._speed_step()
        return self._speed()

    def _speed_step(self) -> Act | None:
        if not self.has(1) or (self.value is not None and self.value.unit != "percent"):
            return None
        said = None if self.value is None else round(self.value.number or 0)
        if self.sense == "more" and self.state == "off":
            return self.act("turn_on") if said is None else self.act("turn_on", percentage=min(said, 100))
        step = self._least_step() if said is None else said
        data = {} if step is None else {"percentage_step": step}
        return self.act("increase_speed" if self.sense == "more" else "decrease_speed", **data)

    def _least_step(self) -> int | None:
        """Return a step that can be felt; None where the fan's own can, or where it would stand still after it."""
        own, now = self.attributes.get("percentage_step"), self.attributes.get("percentage")
        step = LITTLE_STEP if self.meaning.little else STEP
        if not isinstance(own, int | float) or own >= step * NEARLY:
            return None
        if self.sense == "less" and isinstance(now, int | float) and now <= step:
            return None
        return step

    def _speed(self) -> Act | None:
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
        """Return what to do to a humidifier."""
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

    def climate(self) -> Act | None:
        """Return what to do to a thermostat."""
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
        """Return what to do to a water heater."""
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
            if now is None or (self.value is not None and (number is None or self.value.unit == "percent")):
                return None
            step = number if number is not None else max(1.0, float(self.attributes.get("target_temp_step") or 1))
            number = float(now) + (step if self.sense == "more" else -step)
        elif (
            self.sense not in ("set", "on", "more", "less")
            or number is None
            or self.value is None
            or self.value.unit not in (None, "degree", "celsius", "fahrenheit")
        ):
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
