"""What is done to a light."""

from typing import Any, Final

from .meanings import Act, Value
from .thing import ActOfThing

STEP: Final = 20
"""Percent: what "brighter" is."""
LITTLE: Final = 10
"""Percent: what "a bit brighter" is."""
KELVIN_STEP: Final = 500


class LightAct(ActOfThing):
    """Brightness, color and white."""

    def light(self) -> Act | None:
        """Return what to do to a light."""
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
        elif not 0 < amount <= 100 or (self.value is not None and self.value.unit not in ("percent", None)):
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
