"""Utterances said by voices and heard by the home engine, in two processes."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from athena_voice.audio import Samples
from athena_voice.stt.recogniser.model import Model, folder_of_package
from athena_voice.stt.recogniser.recogniser import Recogniser

from .people import Recording
from .said import Home, Utterance
from .sound import CONDITIONS, OF_PEOPLE, Condition, as_heard
from .voices import Voice

PROCESSES: Final = 2
_RATES: Final = (0.9, 1.15)
_GAINS_DB: Final = (-18.0, 0.0)
_GAINS_OF_PEOPLE_DB: Final = (0.0, -12.0)
_SEEDS_OF_PEOPLE: Final = 3
_TALKERS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """An utterance as it is said once."""

    utterance: Utterance
    speaker: str
    samples: Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A take in a condition."""

    take: int
    condition: Condition
    gain_db: float
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was made of it."""

    utterance: Utterance
    speaker: str
    condition: str
    free: str
    """What the model hears that knows no home."""
    sentence: str
    """The likeliest sentence of the home; empty where there was none."""
    doubt: float
    margin: float
    strangeness: float
    possible: bool
    """Whether it is accepted once the doubt is small enough."""
    accepted: bool

    @property
    def got(self) -> str:
        """What Home Assistant is told."""
        return self.sentence if self.accepted else ""


class Ears:
    """The recogniser, and what it makes of each utterance."""

    def __init__(self, home: Home) -> None:
        self.recogniser = Recogniser(Model(folder_of_package()), home.sentences, home.spelling)

    def hear(self, take: Take, condition: str, samples: Samples) -> Trial:
        """Return what is made of samples. Blocking."""
        words, judgement = self.recogniser.hear(samples)
        return Trial(
            utterance=take.utterance,
            speaker=take.speaker,
            condition=condition,
            free=words,
            sentence=judgement.sentence.text if judgement else "",
            doubt=judgement.doubt if judgement else float("inf"),
            margin=min(judgement.margin, judgement.opposite_margin) if judgement else 0.0,
            strangeness=judgement.strangeness if judgement else float("inf"),
            possible=judgement is not None and replace(judgement, doubt=0.0).certain,
            accepted=judgement is not None and judgement.certain,
        )


def said_by(voices: Sequence[Voice], utterances: Sequence[Utterance], *, seed: int) -> list[Take]:
    """Return utterances as the voices say them, in turn, at several speeds. Blocking."""
    rng = np.random.default_rng(seed)
    rates = rng.uniform(*_RATES, len(utterances))
    turns = rng.permutation(len(utterances)) % len(voices)
    speakers = [voices[turn] for turn in turns]
    texts = [utterance.text for utterance in utterances]
    with _processes() as processes:
        sounds = processes.map(_say, speakers, texts, map(float, rates), chunksize=8)
        return [
            Take(utterance=utterance, speaker=f"{voice.program} {voice.name}", samples=samples)
            for utterance, voice, samples in zip(utterances, speakers, sounds, strict=True)
        ]


def hear_synthesised(home: Path, takes: Sequence[Take], *, seed: int) -> list[Trial]:
    """Return what is heard of all takes in all conditions. Blocking."""
    rng = np.random.default_rng(seed)
    gains = rng.uniform(*_GAINS_DB, len(takes))
    jobs = [
        Job(take=number, condition=condition, gain_db=float(gains[number]), seed=seed + number)
        for condition in CONDITIONS
        for number in range(len(takes))
    ]
    return list(_heard(home, takes, jobs))


def hear_people(home: Path, recordings: Sequence[Recording], *, seed: int) -> list[Trial]:
    """Return what is heard of recordings: each at two loudnesses, in noise of several seeds. Blocking."""
    takes = [Take(utterance=each.utterance, speaker="people", samples=each.samples) for each in recordings]
    jobs = [
        Job(take=number, condition=condition, gain_db=gain, seed=seed + again)
        for condition in OF_PEOPLE
        for number in range(len(takes))
        for gain in _GAINS_OF_PEOPLE_DB
        for again in range(1 if condition.snr_db is None else _SEEDS_OF_PEOPLE)
    ]
    return list(_heard(home, takes, jobs))


def _heard(home: Path, takes: Sequence[Take], jobs: Sequence[Job]) -> Iterator[Trial]:
    with _processes(home, takes) as processes:
        yield from processes.map(_hear, jobs, chunksize=8)


def _processes(home: Path | None = None, takes: Sequence[Take] = ()) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        PROCESSES,
        mp_context=multiprocessing.get_context("spawn"),  # a fork would share the networks' threads
        initializer=_begin,
        initargs=(home, takes),
    )


_state: dict[str, object] = {}
"""Of a process: its ears and the takes."""


def _begin(home: Path | None, takes: Sequence[Take]) -> None:
    _state["takes"] = takes
    if home is not None:
        _state["ears"] = Ears(Home.read(home))


def _say(voice: Voice, text: str, rate: float) -> Samples:
    return voice.say(text, rate)


def _hear(job: Job) -> Trial:
    takes, ears = _state["takes"], _state["ears"]
    assert isinstance(takes, Sequence)
    assert isinstance(ears, Ears)
    return hear(ears, takes, job)


def hear(ears: Ears, takes: Sequence[Take], job: Job) -> Trial:
    """Return what is heard of a take in a condition; the others talk where it is babble. Blocking."""
    take = takes[job.take]
    first = job.take + 1
    talk = [takes[(first + number) % len(takes)].samples for number in range(_TALKERS)]
    samples = as_heard(take.samples, job.condition, gain_db=job.gain_db, seed=job.seed, talk=talk)
    return ears.hear(take, job.condition.name, samples)
