"""Text as the speech model writes it: pieces of words, each a number."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from ...errors import EngineError

START: Final = 1
END: Final = 2

_BYTES: Final = 3  # the byte 0 is piece 3; before it come unknown, start and end
_FIRST_PIECE: Final = _BYTES + 256
_PIECES: Final = 32_768
_SPACE: Final = "▁"


class Tokens:
    """The pieces of a model, in the order in which they were learned: what was learned earlier is joined earlier."""

    def __init__(self, path: Path) -> None:
        """Read the model's `tokenizer.bin`; raise EngineError for one that is none. Blocking."""
        try:
            self._pieces = _pieces(path.read_bytes())
        except (OSError, IndexError) as err:
            raise EngineError(f"the speech model's {path} cannot be read: {err}") from err
        if len(self._pieces) != _PIECES:
            raise EngineError(
                f"the speech model's {path} has {len(self._pieces)} pieces and not {_PIECES}: is it cut off?"
            )
        self._numbers = {piece: number for number, piece in enumerate(self._pieces) if number >= _FIRST_PIECE}
        self.of_word = cache(self._of_word)

    def __len__(self) -> int:
        return len(self._pieces)

    def _of_word(self, word: str, *, begins: bool = True) -> tuple[int, ...]:
        """Return the pieces of a word, or of what follows one without a space."""
        pieces = [letter.encode() for letter in (_SPACE + word if begins else word)]
        while len(pieces) > 1:
            pairs = (self._numbers.get(left + right) for left, right in pairwise(pieces))
            joined = [(number, place) for place, number in enumerate(pairs) if number is not None]
            if not joined:
                break
            _, place = min(joined)
            pieces[place : place + 2] = [pieces[place] + pieces[place + 1]]
        return tuple(number for piece in pieces for number in self._of_piece(piece))

    def _of_piece(self, piece: bytes) -> Iterable[int]:
        number = self._numbers.get(piece)
        return (number,) if number is not None else (_BYTES + byte for byte in piece)

    def text(self, numbers: Iterable[int]) -> str:
        """Return what pieces say."""
        raw = b"".join(self._pieces[number] for number in numbers)
        return raw.decode(errors="replace").replace(_SPACE, " ").strip()


def _pieces(raw: bytes) -> list[bytes]:
    """Return the pieces of a file: each begins with its length, in one byte or, from 128 on, in two."""
    pieces, at = [], 0
    while at < len(raw):
        length = raw[at]
        at += 1
        if length >= 128:
            length += (raw[at] - 1) * 128
            at += 1
        pieces.append(raw[at : at + length])
        at += length
    return pieces
