"""Recordings of people: those beside the project, where they are, and those of the package moonshine-voice."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from athena_voice.audio import RATE, Samples
from athena_voice.stt.recogniser.model import folder_of_package
from athena_voice.stt.sentences import COMMAND

from .said import EVERYDAY, Home, Utterance
from .sound import cut_at_pauses
from .voices import ROOT, read_wav

SHARED: Final = ROOT.parent / "shared" / "audio"
_PACKAGED: Final = ("beckett", "endgame_nagg_nell", "two_cities")
_SAID: Final = {"set_timer": "set a timer for 10 minutes", "whats_the_date_today": "what's the date today"}
"""What is said where the file's name does not say it all."""
_LONG_SECONDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A person's utterance."""

    utterance: Utterance
    samples: Samples


def recordings(home: Home) -> Iterator[Recording]:
    """Yield all that are there: a command where the home has its sentence, else something to reject. Blocking."""
    for path in sorted(SHARED.glob("*.wav")) if SHARED.is_dir() else ():
        yield from _recording(path, home)
    for name in _PACKAGED:
        path = folder_of_package().parent / f"{name}.wav"
        if path.is_file():
            yield from _recording(path, home)


def _recording(path: Path, home: Home) -> Iterator[Recording]:
    name = path.stem.removeprefix("r3_")
    said = _SAID.get(name, name.replace("_", " "))
    sentence = home.deeds.sentence(said)
    samples = read_wav(path)
    if len(samples) <= _LONG_SECONDS * RATE:
        kind = COMMAND if sentence else EVERYDAY
        means = (sentence,) if sentence else ()
        yield Recording(utterance=Utterance(kind=kind, text=said, means=means), samples=samples)
        return
    for number, piece in enumerate(cut_at_pauses(samples), 1):
        yield Recording(utterance=Utterance(kind=EVERYDAY, text=f"{said}, piece {number}"), samples=piece)
