"""The command that a newcomer types."""

import dataclasses
import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_socket

from script.house.house import ROOT
from script.house.ports import HOST, Ports, is_free

from .conftest import PEOPLE

MINUTES = 600.0  # seconds: longer than any of this takes, with another Home Assistant to install


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The command, with a folder and ports of its own."""

    folder: Path
    ports: Ports

    def command(self, *arguments: str | Path) -> list[str | Path]:
        ports = [f"--{name}-port={port}" for name, port in dataclasses.asdict(self.ports).items() if "_" not in name]
        port = f"--port={self.ports.home_assistant}"
        return [ROOT / "script" / "demo", "--folder", self.folder, port, *ports, *arguments]

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            timeout=MINUTES,
            check=False,
            cwd=self.folder.parent,
        )

    @contextmanager
    def until(self, line: str, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
        """Run the command until it prints something that contains `line`."""
        with subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                assert any(line in printed for printed in process.stdout)
                yield process
            finally:
                process.terminate()

    def assert_nothing_is_left(self) -> None:
        assert all(is_free(port) for port in dataclasses.asdict(self.ports).values())
        running = subprocess.run(["ps", "-A", "-o", "args"], capture_output=True, text=True, check=True).stdout
        assert str(self.folder) not in running


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Return a demo whose home is kept from test to test."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    return Demo(folder=tmp_path_factory.mktemp("demo") / "house", ports=Ports.free())


def test_a_wav_that_is_not_one(demo: Demo, tmp_path: Path) -> None:
    recording = tmp_path / "speech.wav"
    recording.write_text("RIFFraff")
    ended = demo.run("--once", "--say", recording)
    assert ended.returncode == 2
    assert f"demo: {recording} is not a WAV file" in ended.stderr
    assert not demo.folder.exists()


def test_a_wav_that_is_not_there(demo: Demo, tmp_path: Path) -> None:
    ended = demo.run("--once", "--say", tmp_path / "nothing.wav")
    assert ended.returncode == 2
    assert "nothing.wav cannot be read: No such file or directory" in ended.stderr


def test_a_port_in_use(demo: Demo) -> None:
    with socket.create_server((HOST, demo.ports.stt)):
        ended = demo.run("--once")
    assert ended.returncode == 1
    assert f"demo: {HOST}:{demo.ports.stt} is already in use" in ended.stderr
    assert "--stt-port" in ended.stderr
    assert not demo.folder.exists()


def test_once_as_json(demo: Demo) -> None:
    ended = demo.run("--once", "--json")
    assert ended.returncode == 0, ended.stderr
    turn = json.loads(ended.stdout.splitlines()[-1])
    assert turn["transcript"] == "turn on the living room lamp"
    assert turn["intent"] == "light.turn_on"
    assert turn["changed"] == ["light.living_room_lamp"]
    assert turn["reply"] == "Lamp on."
    assert {"wake", "end_of_speech", "transcript", "intent", "deed", "first_audio", "total"} == turn["steps"].keys()
    assert turn["alarm"]["line"] == "Arman, wake up now."
    assert turn["alarm"]["by"] == ["binary_sensor.bedroom_bed_mat", "sensor.bedroom_posture"]
    assert turn["alarm"]["greeting"] == "Good morning, Arman."
    assert list(turn["alarm"]["steps"]) == ["due", "rang", "heard", "up", "stopped", "greeted"]
    assert list(turn["alarm"]["steps"].values()) == sorted(turn["alarm"]["steps"].values())
    assert "no process runs, no port is in use" in ended.stderr
    demo.assert_nothing_is_left()


def test_once_with_a_later_home_assistant(demo: Demo) -> None:
    ended = demo.run("--once", "--json", "--ha", "2026.11.0")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["changed"] == ["light.living_room_lamp"]
    assert told["alarm"]["greeting"] == "Good morning, Arman."
    assert "Home Assistant 2026.11.0" in ended.stderr
    demo.assert_nothing_is_left()


@pytest.mark.skipif(not PEOPLE.is_dir(), reason=f"{PEOPLE} is not there")
def test_once_where_nothing_is_understood(demo: Demo) -> None:
    ended = demo.run("--once", "--json", "--say", PEOPLE / "hey_jarvis.wav", PEOPLE / "negative_speech.wav")
    assert ended.returncode == 1
    turn = json.loads(ended.stdout.splitlines()[-1])
    assert not turn["transcript"]
    assert turn["changed"] == []
    assert turn["reply"] == "I didn't catch that."
    assert "alarm" not in turn
    assert "demo: no words were understood" in ended.stderr
    assert "stt.log" in ended.stderr
    demo.assert_nothing_is_left()


def test_ctrl_c_after_the_turn(demo: Demo) -> None:
    with demo.until("log in as") as process:
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=MINUTES)
        assert process.returncode == 0
    assert "no process runs, no port is in use" in out
    demo.assert_nothing_is_left()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_end_while_it_starts(demo: Demo, end: signal.Signals) -> None:
    with demo.until("satellite …") as process:
        process.send_signal(end)
        out, _ = process.communicate(timeout=MINUTES)
        assert process.returncode == 130
    assert "no process runs, no port is in use" in out
    demo.assert_nothing_is_left()
