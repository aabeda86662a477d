"""What a WLED controller knows and does, without its network: the state of the strip, and what an order makes of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from .catalogue import EFFECTS, PALETTES

type Json = dict[str, Any]

VERSION: Final = "0.15.0"
_PLAIN: Final = {"on", "bri", "frz", "sel", "rev", "mi", "cct", "n", "o1", "o2", "o3", "c1", "c2", "c3", "sx", "ix"}
"""What a segment takes as it is given."""
_NO_LIGHT: Final = {"n", "sel"}
"""What of a segment can change while its preset still counts as the one that is shown."""


def _segment(number: int, start: int, stop: int) -> Json:
    return {
        "id": number, "start": start, "stop": stop, "len": stop - start, "grp": 1, "spc": 0, "of": 0, "on": True,
        "frz": False, "bri": 255, "cct": 127, "set": 0, "col": [[255, 160, 0], [0, 0, 0], [0, 0, 0]], "fx": 0,
        "sx": 128, "ix": 128, "pal": 0, "c1": 128, "c2": 128, "c3": 16, "sel": True, "rev": False, "mi": False,
        "o1": False, "o2": False, "o3": False, "si": 0, "m12": 0,
    }  # fmt: skip


@dataclass(slots=True, eq=False)
class Strip:
    """The LEDs of one controller and everything that is set for them."""

    name: str = "Bedroom Strip"
    leds: int = 72
    segments: int = 1
    mac: str = "c8c9a3f01234"
    version: str = VERSION
    without: Sequence[str] = ()
    """Effects and palettes that this firmware has not."""
    presets: dict[int, Json] = field(default_factory=dict)
    """By number: `n` is the name, the rest is an order that showing the preset carries out."""
    now: Callable[[], float] = monotonic
    state: Json = field(init=False)
    effects: list[str] = field(init=False)
    palettes: list[str] = field(init=False)
    changed: float = 0.0
    """When a preset was kept last; on the device's clock, in seconds since the epoch."""
    begun: dict[int, float] = field(default_factory=dict)
    """When each segment's effect began."""

    def __post_init__(self) -> None:
        self.effects = ["RSVD" if name in self.without else name for name in EFFECTS]
        self.palettes = [name for name in PALETTES if name not in self.without]
        bounds = [self.leds * number // self.segments for number in range(self.segments + 1)]
        self.state = {
            "on": False, "bri": 128, "transition": 7, "ps": -1, "pl": -1, "ledmap": 0,
            "nl": {"on": False, "dur": 60, "mode": 1, "tbri": 0, "rem": -1},
            "udpn": {"send": False, "recv": True, "sgrp": 1, "rgrp": 1}, "lor": 0, "mainseg": 0,
            "seg": [_segment(number, *bounds[number : number + 2]) for number in range(self.segments)],
        }  # fmt: skip
        self.begun = dict.fromkeys(range(self.segments), self.now())

    def segment(self, number: int = 0) -> Json:
        """Return a segment's state."""
        return next(segment for segment in self.state["seg"] if segment["id"] == number)

    def effect(self, number: int = 0) -> str:
        """Return the name of a segment's effect."""
        return self.effects[self.segment(number)["fx"]]

    def palette(self, number: int = 0) -> str:
        """Return the name of a segment's palette."""
        return self.palettes[self.segment(number)["pal"]]

    def info(self, clients: int, uptime: float) -> Json:
        """Return what the controller says of itself: of a build of one's own, for which nobody looks up updates."""
        live = {"live": False, "liveseg": -1, "lm": "", "lip": ""}
        leds = {"count": self.leds, "pwr": 515, "fps": 42, "maxpwr": 850, "maxseg": 32}
        kind = {"seglc": [1] * len(self.state["seg"]), "lc": 1, "rgbw": False, "wv": 0, "cct": 0}
        counts = {"fxcount": len(self.effects), "palcount": len(self.palettes), "cpalcount": 0}
        return {
            "ver": self.version, "vid": 2412100, "cn": "Kōsen", "release": "Athena", "leds": leds | kind, "str": False,
            "name": self.name, "udpport": 21324, **live, "ws": clients, **counts, "maps": [{"id": 0}],
            "wifi": {"bssid": "AA:BB:CC:DD:EE:FF", "rssi": -54, "signal": 92, "channel": 6},
            "fs": {"u": 12, "t": 983, "pmt": int(self.changed)}, "ndc": 0, "arch": "esp32", "core": "v3.3.6",
            "clock": 240, "flash": 4, "lwip": 0, "freeheap": 198384, "uptime": int(uptime), "opt": 79,
            "time": "2026-11-21, 20:00:00", "brand": "WLED", "product": "Emulated", "mac": self.mac, "ip": "127.0.0.1",
        }  # fmt: skip

    def apply(self, order: Json) -> None:
        """Do what a POST to `/json/state` says; what it does not name stays, what is unknown is passed over."""
        state = self.state
        if (number := order.get("psave")) is not None:
            self._keep(int(number), order)
            return
        before = (state["on"], state["bri"])
        for key in ("bri", "transition", "lor", "mainseg", "pl"):
            if key in order and not (key == "bri" and order[key] == 0):
                state[key] = order[key]
        if order.get("bri") == 0:
            state["on"] = False
        if "on" in order:
            state["on"] = not state["on"] if order["on"] == "t" else bool(order["on"])
        for key in ("nl", "udpn"):
            state[key] |= {name: value for name, value in order.get(key, {}).items() if name in state[key]}
        is_other = self._apply_segments(order.get("seg", [])) or before != (state["on"], state["bri"])
        number = order.get("ps", -1)
        if number in self.presets:
            self.apply({key: value for key, value in self.presets[number].items() if key not in {"n", "ps"}})
            state["ps"] = number
        elif is_other:
            state["ps"] = -1

    def _apply_segments(self, given: Any) -> bool:
        """Return whether one could see it."""
        if isinstance(given, dict):
            chosen = [one for one in self.state["seg"] if one["sel"]] or self.state["seg"][:1]
            numbers = [given["id"]] if "id" in given else [one["id"] for one in chosen]
            orders = [given | {"id": number} for number in numbers]
        else:
            orders = [{"id": place} | order for place, order in enumerate(given)]
        seen = [self._apply_segment(order) for order in orders]
        return any(seen)

    def _apply_segment(self, order: Json) -> bool:
        segment = next((one for one in self.state["seg"] if one["id"] == order["id"]), None)
        if segment is None:
            if order.get("stop", 0) <= order.get("start", 0):
                return False
            segment = _segment(order["id"], order["start"], order["stop"])
            self.state["seg"].append(segment)
        elif "stop" in order and order["stop"] <= order.get("start", segment["start"]):
            self.state["seg"].remove(segment)
            return True
        before = {key: value for key, value in segment.items() if key not in _NO_LIGHT}
        began = (segment["fx"], segment["sx"])
        segment |= {key: value for key, value in order.items() if key in _PLAIN | {"start", "stop"}}
        segment["len"] = segment["stop"] - segment["start"]
        segment["col"] = _colours(segment["col"], order.get("col", []))
        if 0 <= (effect := order.get("fx", -1)) < len(self.effects):
            segment["fx"] = effect
        if 0 <= (palette := order.get("pal", -1)) < len(self.palettes):
            segment["pal"] = palette
        if began != (segment["fx"], segment["sx"]):  # as WLED's own sunrise: it begins anew with another speed, too
            self.begun[segment["id"]] = self.now()
        return before != {key: value for key, value in segment.items() if key not in _NO_LIGHT}

    def _keep(self, number: int, order: Json) -> None:
        """Keep what is shown, or what the order says, as a preset."""
        given = {key: value for key, value in order.items() if key not in {"psave", "v", "ib", "sb", "n", "o"}}
        shown = {"seg": [dict(segment) for segment in self.state["seg"]]}
        if order.get("ib"):
            shown |= {"on": self.state["on"], "bri": self.state["bri"]}
        self.presets[number] = {"n": order.get("n", f"Preset {number}"), **(given if order.get("o") else shown)}
        self.changed += 1


def _colours(before: list[list[int]], given: Sequence[Any]) -> list[list[int]]:
    """Return the three colours of a segment; what is left empty stays."""
    after = [list(colour) for colour in before]
    for place, colour in enumerate(given[:3]):
        if isinstance(colour, str) and len(colour.removeprefix("#")) >= 6:
            after[place] = list(bytes.fromhex(colour.removeprefix("#")))[:3]
        elif isinstance(colour, list) and colour:
            after[place] = [*colour, 0, 0][:3]
    return after
