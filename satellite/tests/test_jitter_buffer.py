"""Audio on its way to the speaker."""

import asyncio

import numpy as np
import pytest

from athena_satellite.audio import Format
from athena_satellite.jitter_buffer import JitterBuffer
from tests.conftest import until

FORM = Format(rate=16_000, width=2, channels=1)


class Line:
    """A playback, and a speaker that takes whatever it is given."""

    def __init__(self, form: Format = FORM) -> None:
        self.starved = asyncio.Event()
        self.jitter = JitterBuffer(form, self.starved.set, lambda: None)
        self.pieces: list[bytes] = []

    async def play(self) -> np.ndarray:
        async for piece in self.jitter.audio():
            if not self.pieces:
                self.jitter.began()
            self.pieces.append(piece)
        return np.frombuffer(b"".join(self.pieces), "<i2")


def level(value: int, seconds: float) -> bytes:
    return np.full(int(seconds * FORM.rate), value, "<i2").tobytes()


async def test_what_is_all_there_is_handed_out_unchanged() -> None:
    line = Line()
    sent = np.arange(16_000, dtype="<i2").tobytes()
    line.jitter.feed(sent)
    line.jitter.finish()
    assert (await line.play()).tobytes() == sent
    assert not line.starved.is_set()


async def test_a_little_is_gathered_before_anything_sounds() -> None:
    line = Line()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(line.play())
        line.jitter.feed(level(1_000, 0.09))
        for _ in range(10):
            await asyncio.sleep(0)
        assert line.pieces == []
        line.jitter.finish()  # that was all: nothing more is waited for
        assert len(await playing) == 0.09 * FORM.rate


async def test_a_gap_is_silence_that_begins_and_ends_softly_and_is_no_end() -> None:
    line = Line()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(line.play())
        line.jitter.feed(level(10_000, 0.3))
        await line.starved.wait()
        line.jitter.feed(level(10_000, 0.3))
        line.jitter.finish()
        samples = (await playing).astype(int)
    assert np.count_nonzero(samples == 10_000) >= 2 * 0.29 * FORM.rate - 2
    inner = samples[: int(np.flatnonzero(samples)[-1]) + 1]
    assert np.count_nonzero(inner == 0) > 0
    assert np.abs(np.diff(inner)).max() <= 10_000 // 100  # a click would be a step of 10 000


async def test_a_voice_slower_than_speech_is_not_heard_in_shreds() -> None:
    line = Line()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(line.play())
        for _ in range(3):
            line.starved.clear()
            line.jitter.feed(level(10_000, 0.12))
            await line.starved.wait()
        line.jitter.finish()
        samples = await playing
    runs = np.count_nonzero(np.diff(np.concatenate(([0], (samples != 0).astype(int)))) == 1)
    assert runs == 3


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2, 6])
async def test_any_width_in_pieces_of_one_byte_comes_out_in_16_bit(width: int, channels: int) -> None:
    line = Line(Format(rate=8_000, width=width, channels=channels))
    frame = bytes([192] if width == 1 else [0] * (width - 1) + [64]) * channels  # half of full scale
    for byte in frame * 200:
        line.jitter.feed(bytes([byte]))
    line.jitter.finish()
    assert (await line.play()).tolist() == [16_384] * 200 * channels
    assert line.jitter.form == Format(rate=8_000, width=2, channels=channels)


async def test_half_a_frame_at_the_end_is_left_out() -> None:
    line = Line(Format(rate=8_000, width=2, channels=2))
    line.jitter.feed(bytes([1, 1, 2, 2, 3]))
    line.jitter.finish()
    assert len(await line.play()) == 2


async def test_the_speaker_is_given_no_more_than_half_a_second_ahead() -> None:
    line = Line()
    line.jitter.feed(level(1_000, 30.0))
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(line.play())
        await until(lambda: len(line.pieces) >= 11)
        waiting = line.jitter.waiting / FORM.bytes_per_second
        assert waiting > 20  # where it can be counted, and dropped
        playing.cancel()
