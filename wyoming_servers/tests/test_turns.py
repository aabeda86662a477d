"""Which events are one piece of work."""

from collections.abc import Sequence
from contextvars import copy_context

import pytest
from wyoming.event import Event

from athena_voice.turns import TURN, Turns


def followed(*events: str | Event) -> list[str | None]:
    """Return the id that each event has."""

    def run() -> list[str | None]:
        turns = Turns()
        ids = []
        for event in events:
            turns.follow(Event(type=event) if isinstance(event, str) else event)
            ids.append(TURN.get())
        return ids

    return copy_context().run(run)


def given(kind: str, turn: object) -> Event:
    return Event(type=kind, data={"context": {"turn": turn}})


UTTERANCE = ("transcribe", "audio-start", "audio-chunk", "audio-chunk", "audio-stop")
STREAM = ("detect", "audio-start", "audio-chunk", "audio-stop")
TEXT = ("synthesize-start", "synthesize-chunk", "synthesize-chunk", "synthesize", "synthesize-stop")


@pytest.mark.parametrize("work", [UTTERANCE, STREAM, TEXT, ("synthesize",)], ids=lambda work: work[0])
def test_a_piece_of_work_has_one_id_and_the_next_another(work: Sequence[str]) -> None:
    first, second = followed(*work), followed(*work, *work)
    assert len(set(first)) == 1
    assert first[0]
    assert len(set(second[: len(work)])) == len(set(second[len(work) :])) == 1
    assert len(set(second)) == 2


def test_a_second_stream_after_one_detect_is_another() -> None:
    ids = followed(*STREAM, "audio-start", "audio-chunk")
    assert ids[-1] == ids[-2] != ids[0]


@pytest.mark.parametrize("work", [UTTERANCE, STREAM, TEXT], ids=lambda work: work[0])
def test_the_clients_own_id_is_kept_for_the_whole_piece_of_work(work: Sequence[str]) -> None:
    ids = followed(given(work[0], "turn-7"), *work[1:], *work)
    assert set(ids[: len(work)]) == {"turn-7"}
    assert "turn-7" not in ids[len(work) :]


@pytest.mark.parametrize("turn", [None, 7, "", "a" * 65, "two words", "line\nbreak", {}])
def test_what_does_not_look_like_an_id_is_none(turn: object) -> None:
    (made,) = followed(given("synthesize", turn))
    assert made
    assert made != turn


def test_a_context_that_is_no_object_is_none() -> None:
    assert followed(Event(type="synthesize", data={"context": "turn"})) != ["turn"]


@pytest.mark.parametrize("work", [UTTERANCE, STREAM, TEXT], ids=lambda work: work[0])
def test_it_is_under_way_until_the_client_has_said_all(work: Sequence[str]) -> None:
    def run() -> list[bool]:
        turns = Turns()
        states = []
        for kind in work:
            turns.follow(Event(type=kind))
            states.append(turns.under_way)
        return states

    assert copy_context().run(run) == [True] * (len(work) - 1) + [False]
