"""The trade-off as a picture: what a smaller or larger `MOST_DOUBT` would cost and buy; nothing is heard again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from athena_voice.stt.recogniser.judgement import MOST_DOUBT
from athena_voice.stt.sentences import COMMAND

from .said import OTHERS, Home
from .scores import outcome
from .trials import Trial

_COLOURS: Final = ("#0b6e4f", "#1f77b4", "#d9822b", "#b02a37")
_DOUBTS: Final = tuple(float(doubt) for doubt in np.arange(0, 18.01, 0.5))
_WIDTH, _HEIGHT = 640, 420
_LEFT, _TOP, _RIGHT, _BOTTOM = 60, 20, 470, 370
_TEXT: Final = 'font-family="sans-serif" font-size="13" fill="#333"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a bound comes to, in percent."""

    accepted: float
    """Of what is no wish."""
    right: float
    """Of the home's commands."""


def point(trials: Sequence[Trial], home: Home, most_doubt: float) -> Point:
    """Return what trials of one condition would have come to."""
    got = [(trial, trial.sentence if trial.possible and trial.doubt <= most_doubt else "") for trial in trials]
    others = [bool(sentence) for trial, sentence in got if trial.utterance.kind in OTHERS]
    wishes = [outcome(trial, home, said) == "right" for trial, said in got if trial.utterance.kind == COMMAND]
    return Point(accepted=100 * sum(others) / max(1, len(others)), right=100 * sum(wishes) / max(1, len(wishes)))


def picture(trials: Sequence[Trial], home: Home) -> str:
    """Return an SVG: a curve for each condition, the chosen bound marked."""
    conditions = list(dict.fromkeys(trial.condition for trial in trials))
    curves = {}
    for name in conditions:
        here = [trial for trial in trials if trial.condition == name]
        curves[name] = ([point(here, home, doubt) for doubt in _DOUBTS], point(here, home, MOST_DOUBT))
    most = max(each.accepted for points, _ in curves.values() for each in points)
    scale = _Scale(most=max(2.0, 2 * np.ceil(most / 2)))
    parts = [*_axes(scale)]
    for number, (name, (points, chosen)) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        line = " ".join(scale.at(each) for each in points)
        x, y = scale.at(chosen).split(",")
        parts += [
            f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{line}"/>',
            f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>',
            f'<rect x="490" y="{30 + 24 * number}" width="12" height="12" fill="{colour}"/>',
            f'<text x="508" y="{41 + 24 * number}" {_TEXT}>{name}</text>',
        ]
    note = f'<text x="490" y="{41 + 24 * len(curves)}" {_TEXT}>● MOST_DOUBT = {MOST_DOUBT:g}</text>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}">'
    )
    return "\n".join((head, '<rect width="100%" height="100%" fill="white"/>', *parts, note, "</svg>\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where percents lie in the picture."""

    most: float
    """The largest share of others accepted."""

    def at(self, place: Point) -> str:
        return f"{self.x(place.accepted):.1f},{self.y(place.right):.1f}"

    def x(self, accepted: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * accepted / self.most

    def y(self, right: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * right / 100


def _axes(scale: _Scale) -> list[str]:
    parts = []
    for share in range(0, 101, 20):
        y = scale.y(share)
        parts.append(f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" {_TEXT}>{share}</text>')
    for part in range(5):
        accepted = scale.most * part / 4
        x = scale.x(accepted)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{_BOTTOM + 18}" text-anchor="middle" {_TEXT}>{accepted:g}</text>')
    middle = (_LEFT + _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle" {_TEXT}>others accepted, %</text>')
    place = f'x="18" y="{(_TOP + _BOTTOM) / 2}" transform="rotate(-90 18 {(_TOP + _BOTTOM) / 2})"'
    parts.append(f'<text {place} text-anchor="middle" {_TEXT}>commands right, %</text>')
    return parts
