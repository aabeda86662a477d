"""A picture of the day: its chapters one below the other, in each the light, the room and what was done and said.

A chapter's acts stand side by side, each as wide as the next, however long it lasted.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import pairwise
from typing import Final

from .acts import Act, wrapped
from .record import Record, Span

WIDTH: Final = 1100
_LEFT, _RIGHT, _TOP = 24, 24, 20
_LIGHT, _BAND, _TRACK, _LINE = 112, 20, 16, 18
"""How high the light, the room's band, the band of what was on, and a line of text are."""
_HEAD: Final = 30
"""How much of the light's height stays dark, for the day's name."""
_GAP: Final = 34
_CHAPTER: Final = timedelta(hours=2)
"""Where so long nothing is told, a chapter ends."""
_LEAST: Final = 8
"""What would be less wide is not drawn."""
_LETTER: Final = 7.7
"""About how wide a letter is."""
_STATES: Final = {"empty": "#3b4048", "occupied": "#3d6b8f", "sleep": "#4b3f7d", "wake": "#b5712c"}

_STYLE: Final = """
text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #24292f }
.time { font-weight: 700 } .athena { fill: #9a6700; font-style: italic } .seen { fill: #6e7781; font-size: 12.5px }
.band, .day { fill: #fff; font-size: 12.5px } .day { fill-opacity: .62 } .track { fill: #fff; font-size: 11px }
.tick { stroke: #8c959f; stroke-opacity: .45 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .athena { fill: #e3b341 } .seen { fill: #8d96a0 } .band, .day, .track { fill: #fff }
}
"""

_DUSK: Final = (
    '<linearGradient id="dusk" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#12141a" stop-opacity="0"/>'
    '<stop offset="1" stop-color="#12141a" stop-opacity=".62"/></linearGradient>'
)
"""Light that is less the farther down."""


def draw(record: Record) -> str:
    """Return the day as SVG."""
    parts: list[str] = []
    top = _TOP
    for chapter in chapters(record):
        parts += chapter.draw(top)
        top += chapter.height + _GAP
    height = top - _GAP + _TOP
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    told = "; ".join(f"{act.at:%H:%M} {label(act)[0]}" for act in record.acts)
    about = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(told)}</title>",
        f"<style>{_STYLE}</style>",
    ]
    return "\n".join([*about, _DUSK, *parts, "</svg>\n"])


def chapters(record: Record) -> list[Chapter]:
    """Return the parts of the day between which nothing was told for hours."""
    found: list[list[Act]] = []
    for act in record.acts:
        if not found or act.at - found[-1][-1].at > _CHAPTER:
            found.append([])
        found[-1].append(act)
    ends = [chapter[0].at for chapter in found[1:]] + [record.light[-1].at]
    return [Chapter(record, acts, end, number) for number, (acts, end) in enumerate(zip(found, ends, strict=True))]


def label(act: Act) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return what somebody did, what Athena said, and what was seen."""
    return (f"“{act.heard}”" if act.heard else act.title, act.lines, act.seen)


def _weight(act: Act) -> float:
    """Return how wide an act's column shall be, as a part of one that has little to tell."""
    letters = sum(len(text) for text in (act.heard or act.title, *act.lines)) + sum(map(len, act.seen)) / 2
    return min(1.9, max(0.9, letters / 50))


class Chapter:
    """One row of the picture."""

    def __init__(self, record: Record, acts: Sequence[Act], end: datetime, number: int) -> None:
        self._record = record
        self._acts = acts
        self._number = number
        self._moments = [act.at for act in acts]
        self._end = end
        self._tracks = (("record player", "#1f7a6d", record.music), ("alarm", "#b3261e", record.ringing))
        weights = [_weight(act) for act in acts]
        self._columns = [(WIDTH - _LEFT - _RIGHT) * weight / sum(weights) for weight in weights]
        self._texts = [self._text(act, width) for act, width in zip(acts, self._columns, strict=True)]

    @property
    def height(self) -> int:
        """Return how high it is."""
        return self._above + 16 + _LINE * max(len(text) for text in self._texts)

    @property
    def _above(self) -> int:
        """Return how much of it is above the texts."""
        return _LIGHT + _BAND + (_TRACK if any(self._visible(spans) for _, _, spans in self._tracks) else 0)

    def draw(self, top: int) -> Iterator[str]:
        """Return what it is made of."""
        yield from self._draw_light(top)
        yield from self._draw_band(top + _LIGHT)
        yield from self._draw_tracks(top + _LIGHT + _BAND)
        for number, text in enumerate(self._texts):
            x = self._edge(number)
            yield f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + self.height}"/>'
            for line, (kind, words) in enumerate(text):
                y = top + self._above + 20 + line * _LINE
                yield f'<text class="{kind}" x="{x + 8:.1f}" y="{y}">{escape(words)}</text>'

    def _text(self, act: Act, column: float) -> list[tuple[str, str]]:
        width = int((column - 12) / _LETTER)
        did, said, seen = label(act)
        lines = [("time", f"{act.at:%H:%M}")]
        lines += [("did", piece) for piece in wrapped(did, width)]
        lines += [("athena", piece) for line in said for piece in wrapped(f"“{line}”", width)]
        lines += [("seen", piece) for line in seen for piece in wrapped(line, round(width * 1.12))]
        return lines

    def _draw_light(self, top: int) -> Iterator[str]:
        """Draw how bright the strip was, in its colour, on the dark of the room."""
        width, bottom = WIDTH - _LEFT - _RIGHT, top + _LIGHT
        samples = [sample for sample in self._record.light if self._moments[0] <= sample.at <= self._end]
        yield f'<rect x="{_LEFT}" y="{top}" width="{width}" height="{_LIGHT}" fill="#12141a"/>'
        stops = "".join(
            f'<stop offset="{(self._x(sample.at) - _LEFT) / width:.4f}" stop-color="{sample.colour}" '
            f'stop-opacity="{0.4 + 0.6 * sample.brightness / 100:.2f}"/>'
            for sample in samples
        )
        across = f'gradientUnits="userSpaceOnUse" x1="{_LEFT}" x2="{_LEFT + width}"'
        name = f"light{self._number}"
        yield f'<linearGradient id="{name}" {across}>{stops}</linearGradient>'
        points = [(self._x(sample.at), bottom - (_LIGHT - _HEAD) * sample.brightness / 100) for sample in samples]
        edge = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        first, last = points[0][0], points[-1][0]
        for fill in (name, "dusk"):
            yield f'<polygon points="{first:.1f},{bottom} {edge} {last:.1f},{bottom}" fill="url(#{fill})"/>'
        yield f'<text class="day" x="{_LEFT + 8}" y="{top + 19}">{self._moments[0]:%A}</text>'

    def _draw_band(self, top: int) -> Iterator[str]:
        """Draw what the room was."""
        for span in self._visible(self._record.states):
            x, width = self._x(span.since), self._x(span.until) - self._x(span.since)
            yield (
                f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAND}" '
                f'fill="{_STATES.get(span.what, "#57606a")}"/>'
            )
            if width > len(span.what) * _LETTER + 8:
                yield f'<text class="band" x="{x + 8:.1f}" y="{top + 14.5}">{escape(span.what)}</text>'

    def _draw_tracks(self, top: int) -> Iterator[str]:
        """Draw what was on."""
        for name, colour, spans in self._tracks:
            for span in self._visible(spans):
                x, width = self._x(span.since), self._x(span.until) - self._x(span.since)
                yield f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_TRACK}" fill="{colour}"/>'
                if width > len(name) * _LETTER + 8:
                    yield f'<text class="track" x="{x + 8:.1f}" y="{top + 12}">{name}</text>'

    def _visible(self, spans: Sequence[Span]) -> list[Span]:
        """Return what lies within the chapter."""
        cut = [(max(span.since, self._moments[0]), min(span.until, self._end), span.what) for span in spans]
        spans = [Span(since=since, until=until, what=what) for since, until, what in cut if since < until]
        return [span for span in spans if self._x(span.until) - self._x(span.since) > _LEAST]

    def _edge(self, number: int) -> float:
        """Return where a column begins."""
        return _LEFT + sum(self._columns[:number])

    def _x(self, at: datetime) -> float:
        """Return where a moment lies."""
        moments = [*self._moments, self._end]
        for number, (since, until) in enumerate(pairwise(moments)):
            if at <= until or number == len(moments) - 2:
                share = (at - since) / (until - since) if until > since else 0.0
                return self._edge(number) + self._columns[number] * min(1.0, max(0.0, share))
        return float(_LEFT)
