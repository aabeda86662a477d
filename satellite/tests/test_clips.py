"""The satellite's own lines, from the text-to-speech server."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event, async_read_event, async_write_event

from athena_satellite.address import Address
from athena_satellite.audio import Format
from athena_satellite.clips import Clips
from athena_satellite.errors import PeerError, ProtocolError, SatelliteError
from athena_satellite.turn.phrases import Line
from tests.conftest import until
from tests.peers import TtsServer, spoken_line

START = AudioStart(rate=16_000, width=2, channels=1).event()
CHUNK = AudioChunk(rate=16_000, width=2, channels=1, audio=bytes(32_000)).event()
STOP = AudioStop().event()


async def test_every_line_is_had_in_the_servers_own_format(tts: TtsServer) -> None:
    clips = Clips(tts.address)
    assert clips.get(Line.OFFLINE) is None
    await had(clips, *Line)
    for line in Line:
        clip = clips.get(line)
        assert clip is not None
        assert clip.form == Format(rate=22_050, width=2, channels=1)
        assert spoken_line(clip.audio) == line


async def test_what_is_had_already_is_not_asked_for_again(tts: TtsServer) -> None:
    clips = Clips(tts.address)
    await had(clips, *Line)
    await had(clips, *Line)
    assert sorted(tts.texts) == sorted(Line)


async def test_what_a_timer_will_need_is_had_before_it_rings_and_dropped_when_it_is_over(tts: TtsServer) -> None:
    clips = Clips(tts.address)
    clips.keep(["Pasta timer."], "t1")
    await had(clips, *Line, "Pasta timer.")
    assert tts.contexts["Pasta timer."] == {"turn": "t1"}
    clips.keep(["Egg timer."], "t2")
    await had(clips, "Egg timer.")
    assert clips.get("Pasta timer.") is None
    assert clips.get(Line.TIMER_DONE) is not None
    assert sorted(tts.texts) == sorted([*Line, "Pasta timer.", "Egg timer."])


async def had(clips: Clips, *lines: str) -> None:
    """Run until these lines are had."""
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(clips.run(lambda: None))
        await until(lambda: all(clips.get(line) for line in lines), "the clips")
        running.cancel()


async def test_a_server_that_reports_an_error_is_left_with_its_words(tts: TtsServer) -> None:
    tts.failing = True
    with pytest.raises(PeerError, match=r"^no voice today$"):
        await Clips(tts.address).run(lambda: None)


@asynccontextmanager
async def answering(answers: Sequence[Event]) -> AsyncIterator[Address]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await async_read_event(reader)
        for answer in answers:
            await async_write_event(answer, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield Address("127.0.0.1", server.sockets[0].getsockname()[1])
    finally:
        server.close()
        server.abort_clients()
        await server.wait_closed()


@pytest.mark.parametrize(
    ("answers", "error", "reason"),
    [
        ([], PeerError, "it closed the connection"),
        ([START, STOP], PeerError, "it made no audio"),
        ([STOP], PeerError, "it made no audio"),
        ([CHUNK], PeerError, "it sent audio-chunk before audio-start"),
        ([START, *[CHUNK] * 31], PeerError, "it made more than 30 s of audio of one line"),
        ([Event(type="audio-start", data={"rate": 0})], ProtocolError, "audio-start has no audio format"),
    ],
    ids=["no answer", "no samples", "no start", "samples before the format", "endless", "no format"],
)
async def test_an_answer_that_is_no_clip_is_refused(
    answers: Sequence[Event], error: type[SatelliteError], reason: str
) -> None:
    async with answering(answers) as address:
        clips = Clips(address)
        with pytest.raises(error, match=reason):
            await clips.run(lambda: None)
        assert clips.get(Line.NOT_CAUGHT) is None
