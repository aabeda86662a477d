"""What is done to a cover or a valve."""

from .meanings import Act
from .thing import ActOfThing


class CoverAct(ActOfThing):
    """Opening, closing, and what lies between."""

    def cover(self) -> Act | None:
        """Return what to do to a cover."""
        return self._moved("cover")

    def valve(self) -> Act | None:
        """Return what to do to a valve."""
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
