"""What a plug with a meter does, whatever protocol it is spoken to in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

VOLTAGE_MV: Final = 120_000
JOULES_PER_WH: Final = 3600


@dataclass(slots=True)
class Plug:
    """A relay, the appliance behind it, and a meter."""

    alias: str
    load_mw: int = 12_000
    """What the appliance draws while the relay is closed."""
    on: bool = False
    changed: Callable[[], None] = lambda: None
    """Called after each order that the plug obeyed."""
    clock: Callable[[], float] = monotonic
    """Seconds."""
    orders: list[bool] = field(default_factory=list)
    """Every order that came over the wire: True for on."""
    device_id: str = ""
    """40 hexadecimal digits; where none are given, those of its first alias."""
    _today_j: float = 0
    _since: float = 0

    def __post_init__(self) -> None:
        self._since = self.clock()
        self.device_id = self.device_id or hashlib.sha1(self.alias.encode(), usedforsecurity=False).hexdigest().upper()

    @property
    def mac(self) -> str:
        """A locally administered address."""
        return "-".join(("02", *(self.device_id[place : place + 2] for place in range(0, 10, 2))))

    @property
    def power_mw(self) -> int:
        """What is drawn now."""
        return self.load_mw if self.on else 0

    @property
    def current_ma(self) -> int:
        return round(self.power_mw * 1000 / VOLTAGE_MV)

    @property
    def on_seconds(self) -> int:
        """How long it has been on; 0 while it is off."""
        return int(self.clock() - self._since) if self.on else 0

    @property
    def today_wh(self) -> int:
        """What the meter has counted today, whole Wh as the device reports them."""
        drawn = self._today_j + self.power_mw / 1000 * (self.clock() - self._since)
        return int(drawn / JOULES_PER_WH)

    @today_wh.setter
    def today_wh(self, counted: int) -> None:
        self._today_j = counted * JOULES_PER_WH - self.power_mw / 1000 * (self.clock() - self._since)

    def switch(self, *, on: bool) -> None:
        """Obey an order that came over the wire."""
        self.orders.append(on)
        self.set(on=on)

    def set(self, *, on: bool) -> None:
        """Open or close the relay, as its button does."""
        if on != self.on:
            self._today_j += self.power_mw / 1000 * (self.clock() - self._since)
            self._since = self.clock()
            self.on = on
        self.changed()

    def rename(self, alias: str) -> None:
        """Take another name."""
        self.alias = alias
        self.changed()

    def as_json(self) -> dict[str, Any]:
        """Return all that can be seen of it from outside."""
        return {
            "alias": self.alias,
            "on": self.on,
            "power_mw": self.power_mw,
            "today_wh": self.today_wh,
            "orders": len(self.orders),
        }
