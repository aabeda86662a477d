"""The picture of a night: a calm strip of its movements, in SVG."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from ...brain.night import EPOCH, Epoch, Minute, Night

WIDTH: Final = 960
HEIGHT: Final = 400
LEFT: Final = 48
RIGHT: Final = WIDTH - LEFT
MIDDLE: Final = 222
"""Of the strip."""
REACH: Final = 66
"""Of its tallest bar, up and down."""
HOURS_AT: Final = MIDDLE + REACH + 36
LEGEND_AT: Final = HEIGHT - 30
ROOM_FOR_A_TIME: Final = 62
ROOM_FOR_AN_AMOUNT: Final = 76

SKY: Final = "#10151f"
WORDS: Final = "#e8ecf4"
QUIET: Final = "#8e9ab0"
LINE: Final = "#222b3b"
STILL: Final = "#4a5875"
MOVED: Final = ("#5f83c9", "#7895d0", "#a79bc0", "#d3a590", "#ecb06a")
"""One minute of five, and so on: the more, the warmer."""
UP: Final = "#c9884a"
UNKNOWN: Final = "#56637c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands on a picture."""

    title: str
    day: str
    told: str
    moved: str
    up: str
    unknown: str
    clock: Callable[[datetime], str]
    amount: Callable[[timedelta], str]


def draw(night: Night, zone: tzinfo, words: Words) -> str:
    """Return the picture of a night; its hours are those of the zone."""
    return _svg(
        words,
        (
            *_hours(night, zone, words),
            *_stretches(night, words),
            *_bars(night),
            *_alarm(night),
            *_legend(night, words),
        ),
    )


def draw_none(words: Words) -> str:
    """Return the picture of no night yet."""
    dots = (_dot(LEFT + at * 7.2 + 3.6) for at in range(int((RIGHT - LEFT) / 7.2)))
    return _svg(words, dots)


def _svg(words: Words, parts: Iterable[str]) -> str:
    label = escape(f"{words.title}. {words.told}", {'"': "&quot;"})
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            f' role="img" aria-label="{label}" font-family="system-ui, Roboto, Helvetica, Arial, sans-serif">',
            '<defs><pattern id="unknown" width="8" height="8" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)">'
            f'<rect width="2" height="8" fill="{UNKNOWN}" opacity="0.75"/></pattern></defs>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" rx="20" fill="{SKY}"/>',
            _text(LEFT, 66, words.title, size=32, colour=WORDS, weight=500),
            _text(LEFT, 98, words.told, size=17, colour=QUIET),
            _text(RIGHT, 66, words.day, size=17, colour=QUIET, anchor="end"),
            *parts,
            "</svg>\n",
        )
    )


def _hours(night: Night, zone: tzinfo, words: Words) -> Iterator[str]:
    """Draw when they fell asleep, when they woke, and the full hours between."""
    total = len(night.minutes)
    first, last = night.asleep_at.astimezone(zone), night.end.astimezone(zone)
    yield _text(LEFT, HOURS_AT, words.clock(first), size=15, colour=WORDS)
    yield _text(RIGHT, HOURS_AT, words.clock(last), size=15, colour=WORDS, anchor="end")
    full = [
        at for at in range(1, total) if (night.asleep_at + timedelta(minutes=at)).astimezone(zone).minute == 0
    ]  # one by one: where clocks change in the night, so does the hour
    every = 1 + len(full) // 12
    for at in full[::every]:
        hour = (night.asleep_at + timedelta(minutes=at)).astimezone(zone).replace(minute=0)
        x = _x(at, total)
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{MIDDLE - REACH - 14}" y2="{MIDDLE + REACH + 14}" stroke="{LINE}"/>'
        )
        if LEFT + 1.6 * ROOM_FOR_A_TIME < x < RIGHT - 1.6 * ROOM_FOR_A_TIME:
            yield _text(x, HOURS_AT, words.clock(hour), size=14, colour=QUIET, anchor="middle")


def _stretches(night: Night, words: Words) -> Iterator[str]:
    """Draw when they were up, and when nothing could tell."""
    total, at, told_at = len(night.minutes), 0, 0.0
    for kind, minutes in groupby(night.minutes):
        length = len(tuple(minutes))
        if kind in (Minute.UP, Minute.UNKNOWN):
            x, width = _x(at, total), max(4.0, _x(at + length, total) - _x(at, total))
            fill = f'fill="{UP}" opacity="0.3"' if kind is Minute.UP else 'fill="url(#unknown)"'
            yield (
                f'<rect x="{x:.1f}" y="{MIDDLE - REACH}" width="{width:.1f}" height="{2 * REACH}"'
                f' rx="{min(6.0, width / 2):.1f}" {fill}/>'
            )
            x = min(max(x + width / 2, LEFT + 40), RIGHT - 40)
            if kind is Minute.UP and x - told_at > ROOM_FOR_AN_AMOUNT:
                told, told_at = words.amount(timedelta(minutes=length)), x
                yield _text(x, MIDDLE - REACH - 12, told, size=13, colour=UP, anchor="middle")
        at += length


def _bars(night: Night) -> Iterator[str]:
    """Draw each five minutes: a dot, or a bar for how many of them moved."""
    total = len(night.minutes)
    for number, epoch in enumerate(night.epochs):
        start, end = _x(number * EPOCH, total), _x(min(total, (number + 1) * EPOCH), total)
        if (bar := _bar(epoch, (start + end) / 2, min(5.0, 0.7 * (end - start)))) is not None:
            yield bar


def _bar(epoch: Epoch, x: float, width: float) -> str | None:
    if epoch.moved:
        reach = 8 + (REACH - 8) * (epoch.moved - 1) / (EPOCH - 1)
        return (
            f'<rect x="{x - width / 2:.1f}" y="{MIDDLE - reach:.1f}" width="{width:.1f}" height="{2 * reach:.1f}"'
            f' rx="{width / 2:.1f}" fill="{MOVED[epoch.moved - 1]}"/>'
        )
    return None if 2 * (epoch.up + epoch.unknown) > EPOCH else _dot(x)


def _dot(x: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{MIDDLE}" r="1.8" fill="{STILL}"/>'


def _alarm(night: Night) -> Iterator[str]:
    """Draw a bell above the end that an alarm made."""
    if night.alarm is not None:
        yield (
            f'<g transform="translate({RIGHT - 21} {MIDDLE - REACH - 28}) scale(0.92)" fill="{MOVED[-1]}">'
            '<path d="M12 3a6 6 0 0 0-6 6v4.4L4 17v1h16v-1l-2-3.6V9a6 6 0 0 0-6-6zM9.8 19.5a2.3 2.3 0 0 0 4.4 0z"/></g>'
        )


def _legend(night: Night, words: Words) -> Iterator[str]:
    """Say what the marks mean that are there."""
    x, y = float(LEFT), LEGEND_AT
    marks = [
        (Minute.MOVED, f'fill="{MOVED[0]}"', 4, words.moved),
        (Minute.UP, f'fill="{UP}" opacity="0.45"', 14, words.up),
        (Minute.UNKNOWN, 'fill="url(#unknown)"', 14, words.unknown),
    ]
    for kind, fill, width, word in marks:
        if kind in night.minutes:
            yield f'<rect x="{x:.1f}" y="{y - 12}" width="{width}" height="14" rx="2" {fill}/>'
            yield _text(x + width + 9, y, word, size=14, colour=QUIET)
            x += width + 9 + 7.6 * len(word) + 30


def _x(minute: int, total: int) -> float:
    return LEFT + (RIGHT - LEFT) * minute / max(1, total)


def _text(x: float, y: float, text: str, *, size: int, colour: str, anchor: str = "start", weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}"'
        f' text-anchor="{anchor}">{escape(text)}</text>'
    )
