"""The ring: positions that stay, readers that take nothing out."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from athena_satellite.ring_buffer import RingBuffer


@given(st.lists(st.integers(0, 700), max_size=30), st.integers(-100, 12_000), st.integers(0, 2_000))
def test_what_is_read_is_what_was_heard_at_that_position(lengths: list[int], position: int, samples: int) -> None:
    ring = RingBuffer(0.1)
    heard = b""
    for length in lengths:
        piece = b"".join((len(heard) // 2 + number).to_bytes(2, "little") for number in range(length))
        ring.append(piece)
        heard += piece
    span = ring.read(position, samples)
    assert ring.end == len(heard) // 2
    assert ring.end - ring.start == min(ring.end, 1_600)
    assert ring.start <= span.start <= ring.end
    assert span.start == min(max(position, ring.start), ring.end)
    assert span.audio == heard[2 * span.start : 2 * min(span.start + samples, ring.end)]
    assert span.end == span.start + len(span.audio) // 2


async def test_a_reader_waits_until_something_new_was_heard() -> None:
    ring = RingBuffer(1.0)
    ring.append(b"\0\0" * 10)
    await ring.beyond(9)
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(ring.beyond(12))
        await asyncio.sleep(0)
        ring.append(b"\0\0" * 2)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
        ring.append(b"\0\0")


def test_muted_what_is_heard_is_silence_and_time_passes_all_the_same() -> None:
    ring = RingBuffer(10.0)
    ring.muted = True
    ring.append(bytes([1, 2]) * 100)
    assert ring.end == 100
    assert ring.read(0).audio == bytes(200)
    ring.muted = False
    ring.append(bytes([1, 2]) * 100)
    assert ring.read(100).audio == bytes([1, 2]) * 100
