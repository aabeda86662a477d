"""What may wait for a client's turn."""

import asyncio
from collections.abc import Awaitable

from wyoming.event import Event

from athena_voice.bounds import Bounds
from athena_voice.inbox import Inbox, Room
from athena_voice.metrics import Metrics

BOUNDS = Bounds(queued_events=3, queued_bytes=100, long_bytes=10, shared_bytes=100)


def _event(size: int) -> Event:
    return Event(type="audio-chunk", data={}, payload=bytes(size))


async def _waits(awaitable: Awaitable[None]) -> asyncio.Future[None]:
    """Return what goes on, after checking that it waits."""
    going = asyncio.ensure_future(awaitable)
    for _ in range(5):
        await asyncio.sleep(0)
    assert not going.done()
    return going


async def test_more_events_than_its_bound_wait_outside() -> None:
    inbox = Inbox(BOUNDS, Metrics("tts"))
    for _ in range(3):
        await inbox.put(_event(1))
    fourth = await _waits(inbox.put(_event(1)))
    assert await inbox.get() is not None
    await fourth


async def test_more_bytes_than_its_bound_wait_outside() -> None:
    inbox = Inbox(BOUNDS, Metrics("tts"))
    await inbox.put(_event(60))
    second = await _waits(inbox.put(_event(60)))
    assert await inbox.get() is not None
    await second


async def test_an_event_over_the_bound_waits_alone() -> None:
    inbox = Inbox(BOUNDS, Metrics("tts"))
    await inbox.put(_event(500))
    second = await _waits(inbox.put(_event(1)))
    assert await inbox.get() is not None
    await second


async def test_a_closed_inbox_gives_what_it_has_and_then_nothing() -> None:
    inbox = Inbox(BOUNDS, Metrics("tts"))
    await inbox.put(_event(1))
    inbox.close()
    assert await inbox.get() is not None
    assert await inbox.get() is None


async def test_what_waits_is_counted_and_forgotten_with_its_client() -> None:
    metrics = Metrics("tts")

    def waiting() -> tuple[float | None, float | None]:
        names = ("athena_voice_queued_events", "athena_voice_queued_bytes")
        events, size = (metrics.registry.get_sample_value(name) for name in names)
        return events, size

    one, other = Inbox(BOUNDS, metrics), Inbox(BOUNDS, metrics)
    await one.put(_event(20))
    await other.put(_event(30))
    await other.put(_event(0))
    assert waiting() == (3, 50)
    await one.get()
    other.forget()
    assert waiting() == (0, 0)


async def test_long_payloads_of_all_clients_share_their_room() -> None:
    room = Room(BOUNDS)
    assert room.needed(10) == 0, "short ones take nothing"
    await room.take(room.needed(60))
    waiting = [await _waits(room.take(room.needed(size))) for size in (60, 50)]
    room.give(60)
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    assert [going.done() for going in waiting] == [True, False]
    room.give(60)
    await waiting[1]


async def test_a_payload_over_all_the_room_is_read_alone() -> None:
    room = Room(BOUNDS)
    await room.take(room.needed(1000))
    waiting = await _waits(room.take(room.needed(11)))
    room.give(1000)
    await waiting
