"""A sound server of the test's own, whose devices come and go: PulseAudio with sinks that lead nowhere."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Self

import pytest

from athena_satellite import portaudio
from athena_satellite.errors import PortAudioError
from tests.conftest import until

_ALSA: Final = Path("/usr/share/alsa/alsa.conf")
_SINK: Final = ("load-module", "module-null-sink", "sink_name=usb", "rate=48000", "channels=2")


class SoundServer:
    """The server: a speaker `usb_speaker`, and a microphone `usb_mic` that hears what the speaker plays."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self._folder = folder
        self._process = process
        self._sink = ""

    @classmethod
    @asynccontextmanager
    async def running(cls, folder: Path) -> AsyncIterator[Self]:
        """Start a server in a folder; its devices are plugged in."""
        path = folder / "socket"
        process = await asyncio.create_subprocess_exec(
            *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=true"),
            *("--realtime=false", "--high-priority=false", "--log-target=null"),
            *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={path}"),
            env={**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_STATE_PATH": str(folder)},
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await until(lambda: _answers(path), "the sound server")
            server = cls(folder, process)
            await server.plug()
            yield server
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def plug(self) -> None:
        """Plug the devices in."""
        self._sink = await self._control(*_SINK)

    async def unplug(self) -> None:
        """Pull them out; nothing else can take the sound over."""
        await self._control("unload-module", self._sink)

    async def _control(self, *words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *("pactl", "-s", f"unix:{self._folder / 'socket'}", *words), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        assert process.returncode == 0
        return out.decode().strip()


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


@pytest.fixture
async def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SoundServer]:
    """Give PortAudio no device but the server's; skip where a program or a library for that is missing."""
    try:
        portaudio.load()
    except PortAudioError as err:
        pytest.skip(str(err))
    if not (shutil.which("pulseaudio") and shutil.which("pactl")):
        pytest.skip("there is no PulseAudio here; on Debian: apt install pulseaudio libasound2-plugins")
    if not any(Path("/usr/lib").rglob("libasound_module_pcm_pulse.so")):
        pytest.skip("ALSA cannot reach PulseAudio; on Debian: apt install libasound2-plugins")
    config = tmp_path / "asound.conf"
    config.write_text(
        f"""
pcm.usb_mic {{ type pulse device "usb.monitor" server "unix:{tmp_path}/socket" }}
pcm.usb_speaker {{ type pulse device "usb" server "unix:{tmp_path}/socket" }}
"""
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"{_ALSA}:{config}")
    async with SoundServer.running(tmp_path) as server:
        yield server
