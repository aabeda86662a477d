"""The command, as a process of its own."""

import asyncio
import ctypes.util
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from wyoming.timer import TimerFinished

from athena_satellite import cli
from athena_satellite.address import Address
from athena_satellite.settings import Settings
from athena_satellite.turn.phrases import Line
from tests.conftest import PATIENCE_SECONDS, House, free_port, until, write_wav
from tests.peers import HomePeer, Reply, TtsServer, WakeServer
from tests.portaudio import FakeCard, FakeSoundDevice
from tests.test_satellite import COMMAND, one_turn

RUN = ("run", "--settings", os.devnull, "--name", "Living Room")


@asynccontextmanager
async def command(*arguments: str, **environment: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "athena_satellite",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | environment,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(*arguments: str) -> tuple[int | None, list[str]]:
    """Run the command to its end; return its exit status and what went wrong, from stderr."""
    async with command(*arguments) as process, asyncio.timeout(PATIENCE_SECONDS):
        out, err = await process.communicate()
        assert out == b""
        return process.returncode, [line for line in err.decode().splitlines() if " INFO " not in line]


def sound(folder: Path) -> tuple[str, ...]:
    (folder / "microphone").mkdir(exist_ok=True)
    return ("--microphone", f"wav:{folder / 'microphone'}", "--speaker", f"wav:{folder / 'speaker'}")


async def test_a_port_in_use(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        uri = str(Address("127.0.0.1", server.sockets[0].getsockname()[1]))
        assert await ended(*RUN, "--uri", uri, *sound(tmp_path)) == (1, [f"athena-satellite: {uri} is already in use"])


async def test_a_wav_that_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "music.wav"
    path.write_bytes(b"ID3 this is music" * 50)
    status, lines = await ended(*RUN, "--microphone", f"wav:{path}", "--speaker", f"wav:{tmp_path}")
    assert (status, lines) == (2, [f"athena-satellite: {path} is not a WAV file: file does not start with RIFF id"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--microphone", "wav:"), "the microphone wav: needs a file or a folder"),
        (("--microphone", "wav:/nowhere/x.wav"), "/nowhere/x.wav cannot be read: No such file or directory"),
        (("--microphone", "tape:x"), "no microphone is a 'tape'; there is device, wav"),
        (("--speaker", "wav:"), "the speaker wav: needs a folder"),
        (
            ("--speaker", "wav:/tmp/out.wav"),
            "/tmp/out.wav is named like a file; the speaker wav: needs a folder: write wav:/tmp/out",
        ),
        (("--speaker", "wav:/dev/null"), "/dev/null cannot be a folder to play into: File exists"),
        (("--trace", "/nowhere/trace"), "/nowhere/trace cannot be written: No such file or directory"),
    ],
)
async def test_an_argument_that_cannot_be_used(tmp_path: Path, arguments: tuple[str, str], said: str) -> None:
    assert await ended(*RUN, "--uri", "tcp://127.0.0.1:0", *sound(tmp_path), *arguments) == (
        2,
        [f"athena-satellite: {said}"],
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*RUN, "--uri", "127.0.0.1:10700"), "argument --uri: '127.0.0.1:10700' is not of the form tcp://HOST:PORT"),
        ((*RUN, "--pre-roll", "5"), "argument --pre-roll: '5' is not a number of seconds from 0 to 2"),
        ((*RUN, "--pre-roll", "soon"), "argument --pre-roll: 'soon' is not a number of seconds from 0 to 2"),
        (("run", "--name", " "), "argument --name: ' ' is not a text with something in it"),
        ((*RUN, "--log-level", "loud"), "argument --log-level: 'loud' is not debug, info, warning or error"),
    ],
)
async def test_a_bad_command_line(arguments: tuple[str, ...], said: str) -> None:
    status, lines = await ended(*arguments)
    assert (status, lines[-1]) == (2, f"athena-satellite run: error: {said}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_it_listens_and_stops_with_0(tmp_path: Path, number: int) -> None:
    async with (
        command(*RUN, "--uri", "tcp://127.0.0.1:0", *sound(tmp_path)) as process,
        asyncio.timeout(PATIENCE_SECONDS),
    ):
        assert process.stderr is not None
        while b"athena-satellite listening on tcp://127.0.0.1:" not in (line := await process.stderr.readline()):
            assert line
        address = line.decode().split()[-1]
        assert f"Waiting for Home Assistant to dial {address}\n" in (await process.stderr.readline()).decode()
        process.send_signal(number)
        _, err = await process.communicate()
        assert process.returncode == 0
        assert b"Traceback" not in err


async def test_settings_are_read_from_where_the_user_keeps_them_and_the_log_says_so(tmp_path: Path) -> None:
    file = tmp_path / "athena" / "satellite.toml"
    file.parent.mkdir()
    (tmp_path / "microphone").mkdir()
    file.write_text(
        f'name = "Kitchen"\nuri = "tcp://127.0.0.1:0"\n'
        f'microphone = "wav:{tmp_path}/microphone"\nspeaker = "wav:{tmp_path}/speaker"\n'
    )
    async with command("run", XDG_CONFIG_HOME=str(tmp_path)) as process, asyncio.timeout(PATIENCE_SECONDS):
        assert process.stderr is not None
        assert f"INFO athena_satellite.cli: Settings read from {file}\n" in (await process.stderr.readline()).decode()
        assert "listening on tcp://127.0.0.1:" in (await process.stderr.readline()).decode()
    file.write_text('name = "Kitchen"\nmicrofone = "device"\n')
    async with command("run", XDG_CONFIG_HOME=str(tmp_path)) as process, asyncio.timeout(PATIENCE_SECONDS):
        _, err = await process.communicate()
        assert (
            err.decode() == f"athena-satellite: {file}, line 2: unknown key `microfone`; did you mean `microphone`?\n"
        )
        assert process.returncode == 2


async def test_without_settings_it_says_where_it_looked(tmp_path: Path) -> None:
    if Path("/etc/athena/satellite.toml").exists():
        pytest.skip("this machine has settings of its own")
    arguments = ("run", "--name", "Den", "--uri", "tcp://127.0.0.1:0", *sound(tmp_path))
    async with command(*arguments, XDG_CONFIG_HOME=str(tmp_path)) as process, asyncio.timeout(PATIENCE_SECONDS):
        assert process.stderr is not None
        line = (await process.stderr.readline()).decode()
    looked = f"{tmp_path}/athena/satellite.toml or /etc/athena/satellite.toml"
    assert line.endswith(f"No settings file: there is none at {looked}\n")


async def test_without_a_name_it_is_no_satellite() -> None:
    status, lines = await ended("run", "--settings", os.devnull)
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith("athena-satellite: `name` is needed: give --name TEXT, or write name = ")


async def test_settings_that_are_a_folder(tmp_path: Path) -> None:
    assert await ended("run", "--settings", str(tmp_path)) == (
        2,
        [f"athena-satellite: the settings {tmp_path} cannot be read: Is a directory"],
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
async def test_a_full_disk_costs_the_trace_and_is_said_once(tmp_path: Path) -> None:
    arguments = (*RUN, "--uri", "tcp://127.0.0.1:0", "--trace", "/dev/full", *sound(tmp_path))
    for number in range(3):  # each of them is a step of the trace
        write_wav(tmp_path / "microphone" / f"{number}.wav", bytes(3_200))
    async with command(*arguments) as process, asyncio.timeout(PATIENCE_SECONDS):
        await until(lambda: len(list((tmp_path / "microphone").glob("*.spoken"))) == 3, "all that is to be heard")
        process.send_signal(signal.SIGTERM)
        _, err = await process.communicate()
        assert process.returncode == 0
        assert err.decode().count("The trace ends here: [Errno 28] No space left on device") == 1


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (("--name", "Den"), ["# read: /dev/null", 'name = "Den"  # --name', "# area is not set  # default"]),
        ((), ["# read: /dev/null", "# name is not set; needed", "# area is not set  # default"]),
        (("--example",), ["# The settings of an Athena satellite: "]),
    ],
)
def test_the_settings_are_shown(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], lines: list[str]
) -> None:
    cli.main(["settings", "--settings", "/dev/null", *arguments])
    assert all(one.startswith(line) for one, line in zip(capsys.readouterr().out.splitlines(), lines, strict=False))


def test_the_devices_are_listed_with_what_to_write(fake: FakeSoundDevice, capsys: pytest.CaptureFixture[str]) -> None:
    fake.plug(FakeCard("Jabra: Audio (hw:1,0)", inputs=1, outputs=2, rate=48_000))
    fake.plug(FakeCard('The "big" one', outputs=6, rate=44_100))
    cli.main(["devices"])
    assert capsys.readouterr().out == (
        """\
microphones
  * Jabra: Audio (hw:1,0): 1 channel, 48000 Hz
        microphone = "device:Jabra: Audio"
speakers
  * Jabra: Audio (hw:1,0): 2 channels, 48000 Hz
        speaker = "device:Jabra: Audio"
    The "big" one: 6 channels, 44100 Hz
        speaker = "device:The \\"big\\" one"
* is the system's own: "device" without a name
"""
    )


def test_a_machine_without_devices_is_told_what_may_be_the_matter(
    fake: FakeSoundDevice, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["devices"])
    assert capsys.readouterr().out.count("none: nothing is plugged in, or this user may not use it") == 2


def test_a_speaker_is_tried(fake: FakeSoundDevice, capsys: pytest.CaptureFixture[str]) -> None:
    card = FakeCard("Jabra: Audio (hw:1,0)", outputs=1)
    fake.plug(card)
    cli.main(["devices", "--test-speaker", "jabra"])
    assert capsys.readouterr().out == "A tone of 1 s was played\n"
    assert len(card.played) == 22_050 * 2


def test_without_portaudio_the_devices_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(SystemExit) as end:
        cli.main(["devices"])
    assert end.value.code == 1
    assert capsys.readouterr().err == (
        "athena-satellite: PortAudio is not installed; on Debian: apt install libportaudio2\n"
    )


@asynccontextmanager
async def lived_in(wake: WakeServer, tts: TtsServer, folder: Path) -> AsyncIterator[tuple[House, Process]]:
    """Run a satellite as a process of its own, until its clips are there."""
    address = Address("127.0.0.1", free_port())
    arguments = (*RUN, "--uri", str(address), "--wake-uri", str(wake.address), "--tts-uri", str(tts.address))
    settings = Settings(address=address, name="Living Room", wake=wake.address, tts=tts.address)
    clips = len(tts.texts) + len(Line)
    async with command(*arguments, "--trace", str(folder / "trace.jsonl"), *sound(folder)) as process:
        await until(lambda: len(tts.texts) == clips, "the clips")
        yield House(settings=settings, wake=wake, tts=tts, folder=folder), process


async def terminated(process: Process) -> None:
    """End a process as systemd does."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE_SECONDS):
        _, err = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in err


async def test_told_to_end_while_a_timer_rings_it_ends(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> None:
    async with lived_in(wake, tts, tmp_path) as (house, process), house.home() as home:
        await home.send(TimerFinished(id="1"))
        await until(lambda: list(house.speaker.glob("*.wav")), "the first round")
        await terminated(process)
        assert house.steps("silenced") == []  # it would have rung for 5 minutes


async def test_told_to_end_in_mid_reply_it_ends_and_does_not_say_that_it_was_played(
    wake: WakeServer, tts: TtsServer, tmp_path: Path
) -> None:
    async with lived_in(wake, tts, tmp_path) as (house, process), house.home() as home:
        home.reply = Reply(seconds=60.0)
        await house.listening()
        house.say(COMMAND)
        await house.step("first_audio")
        await terminated(process)
        await until(home.closed.is_set, "the connection's end")
        assert home.played == 0
        assert list(house.speaker.iterdir()) == []


async def test_a_satellite_killed_in_mid_turn(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> None:
    async with lived_in(wake, tts, tmp_path) as (house, process), house.home() as home:
        home.pipeline = HomePeer.ignore
        await house.listening()
        house.say(COMMAND)
        await house.step("streaming")
        process.kill()
        await until(home.closed.is_set, "the connection's end")
    (tmp_path / "trace.jsonl").unlink()
    async with lived_in(wake, tts, tmp_path) as (house, _), house.home() as home:
        await one_turn(house, home)
        assert home.runs == 1  # what was said before its death is not heard again
