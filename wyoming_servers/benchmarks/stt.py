"""Measures the home engine: what it gets right, wrong and rejects, in a home that no threshold was chosen on.

The peer is the same speech model where it knows no home, as any Whisper server is used: what it hears freely is told,
and counts where it is a sentence of the home, politeness, word order and articles aside.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from athena_voice.audio import RATE
from athena_voice.stt.recogniser.model import Model, folder_of_package
from athena_voice.stt.recogniser.recogniser import Recogniser

from .hearing.people import recordings
from .hearing.picture import picture
from .hearing.said import HOME, Home, all_said
from .hearing.scores import mistakes, rows_of, voice_rows
from .hearing.server import costs
from .hearing.sound import CLEAN, as_heard
from .hearing.trials import Take, Trial, hear_people, hear_synthesised, said_by
from .hearing.voices import ESPEAK, voices
from .table import Row, print_table

_QUICK = 10
_TIMED = 40
"""Utterances that times are taken of."""


def cost_rows(home: Home, takes: Sequence[Take]) -> list[Row]:
    """Return what the engine and its server take, alone on the machine as far as it is. Blocking."""
    said = [
        as_heard(take.samples, CLEAN, gain_db=0, seed=seed, talk=())
        for seed, take in enumerate(takes[:: max(1, len(takes) // _TIMED)])
    ]
    model = Model(folder_of_package())
    begun = time.perf_counter()
    recogniser = Recogniser(model, home.sentences, home.spelling)
    learned = time.perf_counter() - begun
    paces = []
    for samples in said:
        begun = time.perf_counter()
        recogniser.recognise(samples)
        paces.append((time.perf_counter() - begun) * RATE / len(samples))
    server = asyncio.run(costs(home.path, said))
    return [
        Row(name="sentences of the home", value=len(home.sentences), unit=""),
        Row(name="a changed home is learned in", value=learned, unit="s"),
        Row(name="real-time factor, median", value=statistics.median(paces), unit="s per s"),
        Row(name="server: from its start to a known home, median of 3", value=server.start, unit="s"),
        Row(name="server: transcript after the end of the audio, median", value=_ms(server.answers, 0.5), unit="ms"),
        Row(name="server: transcript after the end of the audio, p90", value=_ms(server.answers, 0.9), unit="ms"),
        Row(name="server: memory", value=round(server.memory), unit="MB"),
    ]


def _ms(seconds: Sequence[float], share: float) -> float:
    return round(1000 * sorted(seconds)[int(share * (len(seconds) - 1))])


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _measure(path: Path, *, seed: int, every: int) -> tuple[Home, list[Take], list[Trial], list[Trial]]:
    """Return the home, what was said, what was heard of it, and what was heard of people."""
    home = Home.read(path)
    speakers = voices()
    if speakers is ESPEAK:
        _say("no flite here: eSpeak NG speaks, and the thresholds were chosen on voices of it")
    utterances = all_said(home, seed=seed, every=every)
    _say(f"{len(utterances)} utterances are said by {len(speakers)} voices")
    takes = said_by(speakers, utterances, seed=seed)
    _say("they are heard")
    synthesised = hear_synthesised(path, takes, seed=seed)
    of_people = list(recordings(home))[::every]
    _say(f"{len(of_people)} recordings of people are heard")
    return home, takes, synthesised, hear_people(path, of_people, seed=seed) if of_people else []


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench stt", description=__doc__)
    parser.add_argument("--home", metavar="FILE", type=Path, default=HOME, help="another home than the benchmark's")
    parser.add_argument("--seed", type=int, default=1, help="of what is said, how and in which noise (%(default)s)")
    parser.add_argument("--quick", action="store_true", help=f"one in {_QUICK} utterances")
    parser.add_argument("--picture", metavar="FILE", type=Path, help="write the trade-off there, as SVG")
    parser.add_argument("--mistakes", action="store_true", help="list what was done that nobody asked for")
    parser.add_argument("--json", action="store_true", help="the rows as JSON on the last line")
    arguments = parser.parse_args()
    every = _QUICK if arguments.quick else 1
    home, takes, synthesised, people = _measure(arguments.home, seed=arguments.seed, every=every)
    rows = [
        *rows_of("synthesised", synthesised, home),
        *voice_rows(synthesised, home),
        *rows_of("people", people, home),
        *cost_rows(home, takes),
    ]
    if arguments.picture:
        arguments.picture.write_text(picture(synthesised, home), encoding="utf-8")
    if arguments.mistakes:
        print("\n".join(mistakes((*synthesised, *people), home)))
    print_table(f"Speech to text ({os.process_cpu_count()} cores)", rows, as_json=arguments.json)


if __name__ == "__main__":
    main()
