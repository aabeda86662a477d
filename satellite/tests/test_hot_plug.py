"""Devices that come and go while the satellite runs: the library and the sockets are made up, all else is real."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from athena_satellite import microphones, portaudio, speakers
from athena_satellite.address import Address
from athena_satellite.audio import HEARD, Format
from athena_satellite.clips import Clips
from athena_satellite.errors import DeviceError
from athena_satellite.microphones import Stage
from athena_satellite.player import Player
from athena_satellite.ring_buffer import RingBuffer
from athena_satellite.supervise import supervise
from athena_satellite.turn import events
from tests.conftest import living, until
from tests.peers import TtsServer, WakeServer
from tests.portaudio import FakeCard, FakeSoundDevice
from tests.test_satellite import COMMAND, one_turn

FORM = Format(rate=16_000, width=2, channels=1)
PIECE = b"\1\0" * 480
SPEECH = b"\2\0" * 16_000


def usb_mic(number: int) -> FakeCard:
    return FakeCard(f"USB PnP Sound Device: Audio (hw:{number},0)", inputs=1)


def usb_speaker() -> FakeCard:
    return FakeCard("Jabra: Audio (hw:5,0)", outputs=2)


def said(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.name == "athena_satellite.supervise"]


@asynccontextmanager
async def listening(ring: RingBuffer) -> AsyncIterator[None]:
    """Run the microphone of the settings as the satellite does."""
    name = "USB PnP Sound Device: Audio (hw:1,0)"
    microphone = microphones.create(f"device:{name}", Stage())
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(
            supervise("Microphone", lambda up: microphone.run(ring.append, up), retry_seconds=0.01)
        )
        yield
        running.cancel()


async def heard(fake: FakeSoundDevice, card: FakeCard, ring: RingBuffer) -> None:
    """Let a card hear until it is in the ring."""
    end = ring.end
    await until(lambda: fake.hear(card, PIECE) and ring.end > end, f"sound of {card.name}")


async def pieces(*audio: bytes) -> AsyncIterator[bytes]:
    for piece in audio:
        yield piece


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield SPEECH
        await asyncio.sleep(0.001)


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand for the kernel's list of sound cards."""
    path = tmp_path / "pcm"
    path.write_text("01-00: USB Audio\n")
    monkeypatch.setattr(portaudio, "_CARDS", path)
    return path


async def test_a_microphone_that_vanishes_mid_sentence_is_told_of_once_and_heard_again(
    fake: FakeSoundDevice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    first, second = usb_mic(1), usb_mic(3)
    fake.plug(first)
    ring = RingBuffer(10.0)
    async with listening(ring):
        await heard(fake, first, ring)
        before = ring.end
        fake.unplug(first)
        await until(lambda: said(caplog), "a word of it")
        tries = fake.starts
        await until(lambda: fake.starts > tries + 3, "more tries")
        assert said(caplog) == ["Microphone is away: it went away; trying again"]
        fake.plug(second)  # it has another number now
        await heard(fake, second, ring)
        assert said(caplog)[1:] == ["Microphone is back"]
        assert ring.end > before
        assert ring.read(0).audio[: before * 2] == PIECE * (before // 480)
    assert not fake.streams


async def test_a_microphone_that_gives_nothing_more_without_a_word_is_opened_again(
    fake: FakeSoundDevice, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr("athena_satellite.microphones.device._SILENT_SECONDS", 0.05)
    mic = usb_mic(1)
    fake.plug(mic)
    ring = RingBuffer(10.0)
    async with listening(ring):
        await heard(fake, mic, ring)
        frozen = fake.streams[0]
        await until(lambda: fake.streams and fake.streams[0] is not frozen, "another stream")
        await heard(fake, mic, ring)
        assert said(caplog)[:2] == [
            "Microphone is away: no sound came from it for 0 s; trying again",
            "Microphone is back",
        ]


async def test_a_microphone_that_never_gives_anything_is_away(
    fake: FakeSoundDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("athena_satellite.microphones.device._FIRST_SECONDS", 0.01)
    fake.plug(usb_mic(1))
    with pytest.raises(DeviceError, match="no sound came from it for 0 s"):
        await microphones.create("device", Stage()).run(lambda _: None, lambda: None)
    assert not fake.streams


async def test_a_speaker_that_vanishes_mid_sentence_ends_the_playback_and_plays_the_next_when_it_is_back(
    fake: FakeSoundDevice,
) -> None:
    card = usb_speaker()
    fake.plug(card)
    speaker = speakers.create("device:jabra")
    with pytest.raises(DeviceError, match=r"^the speaker went away: Unanticipated host error$"):
        await speaker.play(endless(), FORM, lambda: fake.unplug(card))
    with pytest.raises(DeviceError, match="there is no 'jabra' among the speakers: none"):
        await speaker.play(pieces(SPEECH), FORM, lambda: None)
    again = usb_speaker()
    fake.plug(again)
    assert await speaker.play(pieces(SPEECH), FORM, lambda: None) == 1.0
    assert bytes(again.played) == SPEECH
    assert not fake.streams


async def test_a_turn_whose_speaker_vanishes_mid_sentence_ends_and_the_next_one_is_heard(
    fake: FakeSoundDevice, wake: WakeServer, tts: TtsServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    card, again = usb_speaker(), usb_speaker()
    fake.plug(card)
    card.lets_go.clear()  # no reply comes to its end
    async with living(wake, tts, tmp_path, speaker="device:jabra") as house, house.home() as home:
        await house.listening()
        house.say(COMMAND)
        await house.step("first_audio")
        fake.unplug(card)
        card.lets_go.set()
        await house.step("end")
        assert house.steps("error")[0]["code"] == "speaker"
        assert home.played == 1  # Home Assistant does not wait for it
        fake.plug(again)
        await one_turn(house, home)
        assert bytes(again.played) == home.reply.audio
    assert [line for line in said(caplog) if line.startswith("Speaker")] == [
        "Speaker device:jabra is away: the speaker went away: Unanticipated host error; trying again",
        "Speaker device:jabra is back",
    ]


async def test_a_speaker_is_found_that_came_while_the_microphone_was_open(
    fake: FakeSoundDevice, cards: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    mic, card = usb_mic(1), usb_speaker()
    fake.plug(mic)
    ring = RingBuffer(10.0)
    speaker = speakers.create("device:jabra")
    async with listening(ring):
        await heard(fake, mic, ring)
        stream = fake.streams[0]
        with pytest.raises(DeviceError, match="there is no 'jabra'"):
            await speaker.play(pieces(SPEECH), FORM, lambda: None)
        assert fake.streams == [stream]  # no card came: the microphone was not interrupted in vain
        fake.plug(card)
        cards.write_text("01-00: USB Audio\n05-00: Jabra\n")
        assert await speaker.play(pieces(SPEECH), FORM, lambda: None) == 1.0
        await heard(fake, mic, ring)
        assert stream not in fake.streams
    assert said(caplog) == []  # the microphone was never away


async def test_a_microphone_that_comes_back_waits_for_the_speaker_to_end(
    fake: FakeSoundDevice, caplog: pytest.LogCaptureFixture
) -> None:
    mic, card = usb_mic(1), usb_speaker()
    fake.plug(card)
    ring = RingBuffer(10.0)
    begun = asyncio.Event()
    async with listening(ring), asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(speakers.create("device:jabra").play(endless(), FORM, begun.set))
        await begun.wait()
        await until(lambda: said(caplog), "a word of the missing microphone")
        (stream,) = fake.streams
        fake.plug(mic)
        tries, played = fake.queries, len(card.played)
        await until(lambda: fake.queries > tries + 3, "more tries")
        await until(lambda: len(card.played) > played + len(SPEECH), "the speaker playing on")
        assert fake.streams == [stream]
        playing.cancel()
        await heard(fake, mic, ring)


async def test_a_speaker_that_hangs_ends_the_playback_and_refuses_the_next_until_it_lets_go(
    fake: FakeSoundDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("athena_satellite.speakers.device._STUCK_SECONDS", 0.05)
    monkeypatch.setattr("athena_satellite.speakers.device._LOOK_SECONDS", 0.01)
    card = usb_speaker()
    fake.plug(card)
    speaker = speakers.create("device:jabra")
    threads = threading.active_count()
    with pytest.raises(DeviceError, match="the speaker hangs"):
        await speaker.play(endless(), FORM, card.lets_go.clear)
    for _ in range(3):
        with pytest.raises(DeviceError, match="the speaker hangs"):
            await speaker.play(pieces(SPEECH), FORM, lambda: None)
    await until(lambda: threading.active_count() <= threads + 1, "no thread but the one that hangs")
    card.lets_go.set()
    await until(lambda: not fake.streams, "the end of the one that hung")
    card.played.clear()
    assert await speaker.play(pieces(SPEECH), FORM, lambda: None) == 1.0
    assert bytes(card.played) == SPEECH


async def test_what_waits_for_the_device_is_bounded(fake: FakeSoundDevice) -> None:
    card = usb_speaker()
    fake.plug(card)
    card.lets_go.clear()
    given = 0

    async def much() -> AsyncIterator[bytes]:
        nonlocal given
        for _ in range(60):
            given += 1
            yield SPEECH

    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(speakers.create("device:jabra").play(much(), FORM, lambda: None))
        await until(lambda: fake.streams and given > 2, "the first of it")
        for _ in range(1_000):
            await asyncio.sleep(0)
        assert given <= 4  # seconds
        card.lets_go.set()
        assert await playing == 60.0
    assert len(card.played) == 60 * len(SPEECH)


async def test_a_missing_speaker_is_said_at_the_start(fake: FakeSoundDevice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    told: asyncio.Queue[events.Event] = asyncio.Queue()
    player = Player(speakers.create("device:jabra"), Clips(Address("127.0.0.1", 1)), told.put_nowait)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(supervise("Speaker", player.run, retry_seconds=0.01))
        await until(lambda: said(caplog), "a word of it")
        player.play(1, FORM)
        player.feed(1, SPEECH)
        player.finish(1)
        assert isinstance(await told.get(), events.PlaybackFailed)
        fake.plug(usb_speaker())
        player.play(2, FORM)
        player.feed(2, SPEECH)
        player.finish(2)
        assert await told.get() == events.PlaybackBegan(playback=2)
        assert await told.get() == events.PlaybackEnded(playback=2, seconds=1.0)
        running.cancel()
    assert said(caplog) == [
        "Speaker is away: there is no 'jabra' among the speakers: none; trying again",
        "Speaker is back",
    ]


def test_a_list_that_cannot_be_had_is_an_error_of_the_family(fake: FakeSoundDevice) -> None:
    fake.broken = True
    for _ in range(2):
        with pytest.raises(DeviceError, match=r"^PortAudio cannot list the sound devices: Internal PortAudio error$"):
            portaudio.check_output("jabra")
    fake.broken = False
    fake.plug(usb_speaker())
    portaudio.check_output("jabra")


def test_a_device_that_hangs_as_it_opens_lets_the_others_say_so(
    fake: FakeSoundDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portaudio, "_LOCK_SECONDS", 0.01)
    with portaudio._locked(), pytest.raises(DeviceError, match=r"^PortAudio hangs"):
        portaudio.check_output("jabra")


def test_what_portaudio_calls_does_not_raise_though_the_satellite_has_ended() -> None:
    loop = asyncio.new_event_loop()
    inlet = microphones.device._Inlet(loop)
    loop.close()
    inlet.take(memoryview(PIECE), 480, None, None)
    inlet.end()


@pytest.mark.parametrize(
    ("takes", "form"),
    [
        (None, HEARD),
        ({(48_000, 1), (44_100, 2)}, Format(rate=48_000, width=2, channels=1)),
        ({(44_100, 2)}, Format(rate=44_100, width=2, channels=2)),
        ({(16_000, 6)}, Format(rate=16_000, width=2, channels=6)),
    ],
)
def test_a_microphone_is_opened_in_whatever_it_can_do(
    fake: FakeSoundDevice, takes: set[tuple[int, int]] | None, form: Format
) -> None:
    fake.plug(FakeCard("array", inputs=6, rate=48_000, takes=takes))
    stream, opened = portaudio.open_input("array", lambda *_: None, lambda: None, block_seconds=0.03)
    portaudio.close(stream, at_once=True)
    assert opened == form


def test_a_device_that_takes_nothing_says_so_and_is_given_back(fake: FakeSoundDevice) -> None:
    fake.plug(FakeCard("array", inputs=6, takes=set()))
    with pytest.raises(DeviceError, match=re.escape("'array' cannot be opened: Device unavailable")):
        portaudio.open_input("array", lambda *_: None, lambda: None, block_seconds=0.03)
    assert not fake.streams
