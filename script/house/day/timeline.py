"""The day as lines for people: when, what somebody did, what Athena said, what was to be seen."""

from itertools import zip_longest
from typing import Final

from ..out import Out
from .acts import Act, wrapped

_WIDTHS: Final = (24, 30, 36)
"""Of the columns after the time of day; 98 with all that is between."""
_BOLD, _DIM, _GOLD, _RED, _PLAIN = (f"\x1b[{code}m" for code in ("1", "2", "33", "31", "0"))


class Timeline:
    """Tells acts as they happen."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._out.tell("")
        self._out.tell(self._row("  time", ("somebody", "Athena", "to be seen"), (_DIM, _DIM, _DIM), _DIM))

    def tell(self, act: Act) -> None:
        """Tell an act."""
        somebody = f"says “{act.heard}”" if act.heard else act.title
        columns = (
            [somebody],
            [f"“{line}”" for line in act.lines],
            [*act.seen, f"the room: {act.state}", *(f"MISSING: {what}" for what in act.missing)],
        )
        pieces = [
            [piece for text in column for piece in wrapped(text, width - 1, "  ")]
            for column, width in zip(columns, _WIDTHS, strict=True)
        ]
        colours = ("", _GOLD, _RED if act.missing else "")
        for number, row in enumerate(zip_longest(*pieces, fillvalue="")):
            time = f" {act.at:%H:%M}" if number == 0 else ""
            self._out.tell(self._row(time, row, colours, _BOLD))

    def end(self, *, seconds: float) -> None:
        """Tell how long the day took."""
        self._out.tell(
            f"  A day in {seconds:.0f} s. What is quoted of somebody was spoken into a microphone, what is quoted of"
        )
        self._out.tell("  Athena was played by a loudspeaker; all the rest is what devices and states tell.")

    def _row(self, time: str, cells: tuple[str, ...], colours: tuple[str, ...], time_colour: str) -> str:
        padded = [f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)]
        parts = [self._coloured(f"{time:<8}", time_colour)]
        parts += [self._coloured(cell, colour) for cell, colour in zip(padded, colours, strict=True)]
        return "".join(parts).rstrip()

    def _coloured(self, text: str, colour: str) -> str:
        return f"{colour}{text}{_PLAIN}" if colour and self._out.colour and text.strip() else text
