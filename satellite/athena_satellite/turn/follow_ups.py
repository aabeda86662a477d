"""Whether the person is listened to once more after a reply, without a wake word. Pure."""

from typing import Final

FOLLOW_UPS: Final = 3
"""How many questions in a row are listened to: a guard against a satellite that would talk with a television."""

_QUESTION_MARKS: Final = ("?", "？", "؟")
_CLOSING: Final = " \t\n\"'”’»)]*_"


def is_question(text: str) -> bool:
    """Return whether a reply ends in a question."""
    return text.rstrip(_CLOSING).endswith(_QUESTION_MARKS)


class FollowUps:
    """Counts the questions in a row."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._row = 0
        self._asked = False

    @property
    def row(self) -> int:
        """How many turns since the last wake word began without one."""
        return self._row

    @property
    def due(self) -> bool:
        """Whether the reply asked something, and not for too many times in a row."""
        return self._asked and self._row < self._limit

    def woken(self) -> None:
        """Begin anew: somebody said the wake word."""
        self._row = 0
        self._asked = False

    def answered(self, text: str) -> None:
        """Note the reply's text."""
        self._asked = is_question(text)

    def dropped(self) -> None:
        """Note that something else is to be heard than the reply, or that it went wrong."""
        self._asked = False

    def begin(self, turn: str) -> str:
        """Return the id of the turn that follows on another."""
        self._row += 1
        self._asked = False
        return f"{turn.partition('.')[0]}.{self._row}"
