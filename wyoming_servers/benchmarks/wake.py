"""Measures the wake word server against the packages used as other Wyoming servers use them (see wake_peer.py).

Times are of a machine that does other things too: read them as ratios.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from athena_voice import registry
from athena_voice.audio import RATE, Samples
from athena_voice.wake.engine import WakeEngine
from athena_voice.wake.engines import ALL
from athena_voice.wake.limits import limits
from athena_voice.wake.listener import Listener, Wake

from . import wake_speech
from .table import Row, print_table
from .wake_peer import PEERS
from .wake_speech import Clip
from .wake_streams import Lateness, lateness

NOISES = {"clean": None, "20 dB": 20.0, "10 dB": 10.0, "5 dB": 5.0}
GAINS = (0.1, 0.4, 1.0)
SEEDS = 2
"""Of a set of words in each noise; of words run into a command one for each place on openWakeWord's grid."""
NAMES = {"microwakeword": "microWakeWord", "openwakeword": "openWakeWord"}


class Ears(Protocol):
    """One stream, ours or the peer's."""

    def hear(self, samples: Samples) -> bool:
        """Return whether the word is known now to have been said."""


class Ours:
    """One stream of ours, for one word."""

    def __init__(self, engine: WakeEngine, word: str) -> None:
        words = {word: engine.words[word]}
        self._listener = Listener(engine.open(words), words, limits(words, (), ()))
        self.end = 0
        """Where the word ended, as it was told."""

    def hear(self, samples: Samples) -> bool:
        """Return whether the word is known now to have been said."""
        for heard in self._listener.hear(samples):
            if isinstance(heard, Wake):
                self.end = heard.end
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A word that was said, and what was heard; milliseconds, None where it was not heard."""

    delay: float | None
    """From its end to when it was known."""
    error: float | None
    """From its end to where it was told to have ended."""


def attempt(ears: Ears, clip: Clip, samples: Samples) -> Trial:
    """Say a word."""
    end = len(samples) - RATE - len(clip.samples) + clip.end
    heard = 0
    for part in wake_speech.parts(samples):
        heard += len(part)
        if ears.hear(part):
            error = (ears.end - end) * 1000 / RATE if isinstance(ears, Ours) else None
            return Trial(delay=(heard - end) * 1000 / RATE, error=error)
    return Trial(delay=None, error=None)


def attempts(
    make: Callable[[str], Ears], clips: Sequence[Clip], gains: Sequence[float], noise: str, seeds: int
) -> list[Trial]:
    """Say words, at each gain, in noise of each seed."""
    return [
        attempt(make(clip.word), clip, wake_speech.mixed(clip, gain=gain, snr_db=NOISES[noise], seed=seed))
        for clip in clips
        for gain in gains
        for seed in range(seeds)
    ]


def heard_of(ours: Callable[[str], Ears], peer: Callable[[str], Ears], name: str) -> list[Row]:
    """Return recall, the delay, and the error of the told end; people and synthesised speech apart."""
    rows = []
    recordings = wake_speech.people()
    sets: list[tuple[str, list[Clip], tuple[float, ...], tuple[str, ...], int]]
    sets = [
        (f"a person's “{word.replace('_', ' ')}”", [clip], GAINS, (*NOISES,), SEEDS)
        for word, clip in recordings.items()
    ]
    sets.append(("synthesised “hey jarvis”", wake_speech.synthesised(), (0.4,), (*NOISES,), SEEDS))
    sets.append(
        (
            "synthesised “hey jarvis” run into a command",
            wake_speech.in_one_breath(),
            (0.4,),
            ("clean",),
            wake_speech.PLACES,
        )
    )
    for what, clips, gains, noises, seeds in sets:
        for noise in noises:
            mine, others = (attempts(ears, clips, gains, noise, seeds) for ears in (ours, peer))
            title = f"{name}, {what}, {noise}"
            rows.append(_compared(f"{title}: heard", _recall(mine), "%", _recall(others)))
            if noise == "clean":
                rows += _delays(title, mine, others)
    return rows


def _recall(trials: Sequence[Trial]) -> float:
    return 100 * sum(trial.delay is not None for trial in trials) / len(trials)


def _delays(title: str, ours: Sequence[Trial], peer: Sequence[Trial]) -> list[Row]:
    mine, others = ([trial.delay for trial in trials if trial.delay is not None] for trials in (ours, peer))
    errors = [trial.error for trial in ours if trial.error is not None]
    if not mine:
        return []
    return [
        _compared(f"{title}: delay after the word, median", _at(mine, 50), "ms", _at(others, 50) if others else None),
        _compared(f"{title}: delay after the word, p90", _at(mine, 90), "ms", _at(others, 90) if others else None),
        Row(name=f"{title}: told end less true end, median", value=_at(errors, 50), unit="ms"),
        Row(name=f"{title}: told end off by, p90", value=_at([abs(error) for error in errors], 90), unit="ms"),
    ]


def _at(values: Sequence[float], percentile: float) -> float:
    return round(float(np.percentile(values, percentile)))


def falsely_heard(engine: WakeEngine, name: str) -> list[Row]:
    """Return how often speech without the words was taken for any of them."""
    rows = []
    for what, samples in (("people", wake_speech.others_people()), ("synthesised", wake_speech.others_synthesised())):
        if samples is None:
            continue
        listener = Listener(engine.open(engine.words), engine.words, limits(engine.words, (), ()))
        accepts = sum(isinstance(heard, Wake) for part in wake_speech.parts(samples) for heard in listener.hear(part))
        title = f"{name}, other speech, {what}, {len(samples) / RATE:.0f} s, all words: heard falsely"
        rows.append(Row(name=title, value=accepts, unit="times"))
    return rows


def cost(make: Callable[[str], Ears]) -> tuple[float, float]:
    """Return the processor's seconds a second of audio, and its milliseconds for a stream's first 128 ms; medians."""
    rng = np.random.default_rng(4)
    samples = rng.normal(0, 1000, 10 * RATE).astype(np.int16)
    shares, firsts = [], []
    for _ in range(5):
        ears = make("hey_jarvis")
        chunks = list(wake_speech.parts(samples, 1024))
        begun = time.process_time()
        ears.hear(chunks[0])
        ears.hear(chunks[1])
        firsts.append((time.process_time() - begun) * 1000)
        begun = time.process_time()
        for chunk in chunks[2:]:
            ears.hear(chunk)
        shares.append((time.process_time() - begun) * RATE / (len(samples) - 2048))
    return statistics.median(shares), statistics.median(firsts)


def costs(ours: Callable[[str], Ears], peer: Callable[[str], Ears], name: str) -> list[Row]:
    """Return what a stream costs."""
    (mine, first), (others, others_first) = cost(ours), cost(peer)
    return [
        _compared(f"{name}, one word: processor's time for a second of audio", mine * 1000, "ms", others * 1000),
        _compared(f"{name}, one word: streams a core", round(1 / mine), "", round(1 / others)),
        _compared(f"{name}, one word: a stream's first 128 ms", first, "ms", others_first),
    ]


async def at_once(engine: str, streams: int, clip: Clip, *, with_peer: bool) -> list[Row]:
    """Return how late a word is told in each of many streams, in real time, through a server."""
    command = ("athena_voice", "wake", "--uri", "tcp://127.0.0.1:0", "--engine", engine)
    mine = await lateness(command, streams, clip)
    peer = await lateness(("benchmarks.wake_peer", "--engine", engine), streams, clip) if with_peer else None
    title = f"{NAMES[engine]}, {streams} streams in real time"

    def row(what: str, unit: str, value: Callable[[Lateness], float]) -> Row:
        return _compared(f"{title}: {what}", value(mine), unit, None if peer is None else value(peer))

    return [
        row("word told after its end, median", "ms", lambda run: _at(run.detections, 50) if run.detections else -1),
        row("word told after its end, latest", "ms", lambda run: _at(run.detections, 100) if run.detections else -1),
        row("words not told within 25 s", "", lambda run: run.missed),
        row("Describe answered within, worst", "ms", lambda run: round(max(run.describes, default=-1))),
    ]


def _compared(name: str, value: float, unit: str, peer: float | None) -> Row:
    return Row(name=name, value=value, unit=unit, peer=peer, ratio=value / peer if peer and peer > 0 else None)


async def _real_time(engines: Sequence[str], clip: Clip) -> list[Row]:
    rows = []
    for engine in engines:
        for streams, with_peer in ((16, True), (64, engine == "microwakeword")):
            rows += await at_once(engine, streams, clip, with_peer=with_peer)
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench wake", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the rows as JSON on the last line")
    as_json = parser.parse_args().json
    if len(wake_speech.people()) < 2:
        sys.stderr.write(f"recordings of people are not there ({wake_speech.PEOPLE}); their rows are left out\n")
    rows: list[Row] = []
    for name, title in NAMES.items():
        engine: WakeEngine = registry.load(ALL, name)()

        def ours(word: str, engine: WakeEngine = engine) -> Ears:
            return Ours(engine, word)

        rows += heard_of(ours, PEERS[name], title)
        rows += falsely_heard(engine, title)
        rows += costs(ours, PEERS[name], title)
    rows += asyncio.run(_real_time(list(NAMES), wake_speech.synthesised()[1]))
    print_table(f"Wake ({os.process_cpu_count()} cores)", rows, as_json=as_json)


if __name__ == "__main__":
    main()
