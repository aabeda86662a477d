"""A turn and an alarm as tables for people."""

from collections.abc import Iterator
from typing import Final

from .bedroom import Waking
from .turn import Turn

_LABELS: Final = {
    "wake": "wake",
    "end_of_speech": "end of speech",
    "transcript": "transcript",
    "intent": "intent",
    "deed": "deed",
    "first_audio": "first audio",
    "total": "total",
}
_NOT: Final = "-"


def lines_of(turn: Turn) -> Iterator[str]:
    """Return the lines of the table: for each step when it was, how long after the one before, and what it gave."""
    what = {
        "wake": turn.wake_word or "not heard",
        "end_of_speech": "",
        "transcript": turn.transcript or f"nothing understood{f' ({turn.error})' if turn.error else ''}",
        "intent": turn.intent or "none",
        "deed": ", ".join(turn.changed) or "nothing changed",
        "first_audio": turn.reply or "nothing said",
        "total": "the last sound of the reply",
    }
    yield f"  {'step':<14}{'at ms':>7}{'took ms':>9}  what"
    before = 0
    for name, label in _LABELS.items():
        at = turn.steps.get(name)
        took = None if at is None else at - before
        yield f"  {label:<14}{_number(at):>7}{_number(took):>9}  {what[name]}".rstrip()
        before = before if at is None else at
    deed, sound = _with_unit(turn.last_syllable_to_deed), _with_unit(turn.wake_to_first_audio)
    yield f"  last syllable → deed {deed} · wake → first sound {sound}"


def lines_of_waking(waking: Waking) -> Iterator[str]:
    """Return the lines of the table: for each step when it was, how long after the one before, and what it was."""
    steps = (
        ("rings", waking.rang_at, waking.line),
        ("chime", waking.heard_at, "played by the bedroom’s satellite"),
        ("gets up", waking.up_at, "the mat is empty, the camera sees somebody stand"),
        ("stops", waking.stopped_at, "left the bed, say " + ", ".join(waking.by)),
        ("greeting", waking.greeted_at, waking.greeting),
    )
    yield f"  {'alarm':<14}{'at ms':>7}{'took ms':>9}  what"
    before = 0
    for name, moment, what in steps:
        at = waking.ms(moment)
        yield f"  {name:<14}{_number(at):>7}{_number(at - before):>9}  {what}"
        before = at


def _number(value: int | None) -> str:
    return _NOT if value is None else f"{value:,}".replace(",", " ")


def _with_unit(value: int | None) -> str:
    return _NOT if value is None else f"{_number(value)} ms"
