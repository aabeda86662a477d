"""How models get here: `athena-voice models` and `athena-voice download`, from a real web server."""

import argparse
import asyncio
import hashlib
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from athena_voice.errors import DownloadError
from athena_voice.llm.catalogue import ALL, Model
from athena_voice.llm.commands import COMMANDS
from athena_voice.llm.download import TRIES, download
from athena_voice.llm.options import ANSWERS, CONTEXT

from ..command import Ended, ended, running_command
from ..conftest import until
from ..stt.peer import free_port


class Hub:
    """A web server with one file, which may be unkind."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.ranges: list[str | None] = []
        self.cuts: list[int] = []
        """After so many bytes it leaves, a number for each answer; then no more."""
        self.goes_on = True
        """Whether it can begin in the middle."""
        self.waits = False
        """Whether it sends half and then nothing."""
        self.url = ""

    async def handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        if not asked.path.endswith(".gguf"):
            return web.Response(status=404)
        wanted = asked.headers.get("Range")
        self.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.goes_on else 0
        if start and start >= len(self.content):
            return web.Response(status=416)
        content = self.content[start:]
        response = web.StreamResponse(status=206 if start else 200, headers={"Content-Length": str(len(content))})
        await response.prepare(asked)
        if self.waits:
            await response.write(content[: len(content) // 2])
            await asyncio.Event().wait()
        if self.cuts:
            await response.write(content[: self.cuts.pop(0)])
            assert asked.transport is not None
            asked.transport.close()
            return response
        await response.write(content)
        return response

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        handler = web.Server(self.handle, handler_cancellation=True, access_log=None)
        port = await free_port()
        server = await asyncio.get_running_loop().create_server(handler, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{port}/models/tiny.gguf"
        try:
            yield
        finally:
            server.close()
            await handler.shutdown(0.1)


@pytest.fixture
async def hub(tiny: Path) -> AsyncIterator[Hub]:
    """A web server with a tiny model."""
    server = Hub(tiny.read_bytes())
    async with server.up():
        yield server


async def fetch(hub: Hub, folder: Path, *more: str) -> Ended:
    """Run the command."""
    return await ended("download", hub.url, "--sha256", hub.sha256, "--models", str(folder), *more)


async def test_a_file_is_fetched_checked_and_can_be_served(hub: Hub, tmp_path: Path) -> None:
    left = await fetch(hub, tmp_path)
    path = tmp_path / "tiny.gguf"
    assert (left.status, path.read_bytes()) == (0, hub.content)
    assert left.out.decode().splitlines()[-1] == f"{path} is whole. To serve it: athena-voice llm --model {path}"
    assert [line.strip() for line in left.err.splitlines()][-1].startswith("100 % of 0.00 GB"), "it says how far it is"
    assert [found.name for found in tmp_path.iterdir()] == ["tiny.gguf"]


async def test_a_file_that_is_there_is_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(hub.content)
    left = await fetch(hub, tmp_path)
    assert (left.status, hub.ranges) == (0, [])
    assert "is there already, and whole" in left.out.decode()


async def test_a_connection_that_breaks_is_gone_on_with_where_it_broke(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [100_000, 50_000]
    left = await fetch(hub, tmp_path)
    assert left.status == 0
    assert (tmp_path / "tiny.gguf").read_bytes() == hub.content
    assert hub.ranges == [None, "bytes=100000-", "bytes=150000-"]


async def test_what_came_before_the_user_ended_it_is_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    hub.waits = True
    part, half = tmp_path / "tiny.gguf.part", len(hub.content) // 2
    arguments = ("download", hub.url, "--sha256", hub.sha256, "--models", str(tmp_path))
    async with running_command(*arguments) as started:
        await started.logged("0 % of")
        await until(lambda: part.stat().st_size >= half)
        started.process.send_signal(signal.SIGINT)
        left = await started.ended()
    assert left.status == 130
    assert "Traceback" not in left.err
    hub.waits = False
    assert (await fetch(hub, tmp_path)).status == 0
    assert hub.ranges == [None, f"bytes={half}-"]
    assert (tmp_path / "tiny.gguf").read_bytes() == hub.content


async def test_a_server_that_cannot_go_on_is_asked_for_all_of_it(hub: Hub, tmp_path: Path) -> None:
    hub.goes_on = False
    (tmp_path / "tiny.gguf.part").write_bytes(b"x" * 1000)
    assert (await fetch(hub, tmp_path)).status == 0
    assert (tmp_path / "tiny.gguf").read_bytes() == hub.content


async def test_a_wrong_hash_is_an_error_and_leaves_no_file(hub: Hub, tmp_path: Path) -> None:
    right, hub.sha256 = hub.sha256, "0" * 64
    left = await fetch(hub, tmp_path)
    assert left.status == 1
    assert left.said[-1] == (
        f"athena-voice: {hub.url} cannot be downloaded: what came is another file: "
        f"its SHA-256 is {right}, not {hub.sha256}; it was deleted"
    )
    assert list(tmp_path.iterdir()) == []


async def test_what_is_right_but_no_model_is_an_error(hub: Hub, tmp_path: Path) -> None:
    hub.content = b"<html>You have to log in</html>"
    hub.sha256 = hashlib.sha256(hub.content).hexdigest()
    left = await fetch(hub, tmp_path)
    assert left.status == 1
    assert left.said[-1].endswith("tiny.gguf cannot be used: it is no GGUF file")


async def test_a_part_of_another_file_is_found_out(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(b"x" * 1000)
    assert (await fetch(hub, tmp_path)).status == 1
    assert list(tmp_path.iterdir()) == []
    assert (await fetch(hub, tmp_path)).status == 0, "the next try begins anew"


async def test_a_whole_part_is_only_checked(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(hub.content)
    assert (await fetch(hub, tmp_path)).status == 0
    assert (tmp_path / "tiny.gguf").read_bytes() == hub.content


async def test_an_address_with_nothing_is_an_error_at_once(hub: Hub, tmp_path: Path) -> None:
    hub.url = hub.url.removesuffix(".gguf")
    left = await fetch(hub, tmp_path)
    assert left.status == 1
    assert left.said[-1] == f"athena-voice: {hub.url} cannot be downloaded: the server answers 404 Not Found"
    assert hub.ranges == []


async def test_a_server_that_is_away_is_given_up_after_some_tries(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{await free_port()}/tiny.gguf"
    with pytest.raises(DownloadError, match=r"it broke off .*; what has come stays: run it again to go on"):
        await asyncio.to_thread(
            lambda: download(url, tmp_path / "tiny.gguf", sha256="0" * 64, progress=lambda *_: None, pause=0.0)
        )


async def test_a_connection_that_always_breaks_is_given_up_only_where_nothing_comes(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [20_000] * (2 * TRIES)
    await asyncio.to_thread(
        lambda: download(hub.url, tmp_path / "tiny.gguf", sha256=hub.sha256, progress=lambda *_: None, pause=0.0)
    )
    assert (tmp_path / "tiny.gguf").read_bytes() == hub.content


async def test_two_downloads_of_one_file_do_not_mix(hub: Hub, tmp_path: Path) -> None:
    hub.waits = True
    arguments = ("download", hub.url, "--sha256", hub.sha256, "--models", str(tmp_path))
    async with running_command(*arguments) as started:
        await started.logged("0 % of")
        left = await fetch(hub, tmp_path)
    assert left.status == 1
    assert left.said[-1].endswith("another download of it is running")


@pytest.mark.parametrize("sha256", [(), ("--sha256", "abc")])
async def test_an_address_needs_a_hash(tmp_path: Path, sha256: tuple[str, ...]) -> None:
    left = await ended("download", "http://127.0.0.1:9/m.gguf", *sha256, "--models", str(tmp_path))
    assert left.status == 1
    assert left.said[-1].startswith("athena-voice: an address needs --sha256 with 64 hexadecimal digits")


async def test_an_unknown_name_is_an_error_with_what_there_is(tmp_path: Path) -> None:
    left = await ended("download", "gpt", "--models", str(tmp_path))
    assert left.status == 1
    assert left.said == [
        "athena-voice: there is no model 'gpt', and it is no address of a file; there is qwen3-1.7b, qwen3-4b, qwen3-8b"
    ]


async def test_a_full_disk_is_an_error_before_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2_000_000_000))
    arguments = argparse.Namespace(model="qwen3-4b", sha256=None, models=tmp_path)
    with pytest.raises(DownloadError, match=r"its disk has 2.0 GB free, and 3.0 GB are needed"):
        COMMANDS["download"].run(arguments)
    assert capsys.readouterr().out == ""


async def test_the_models_are_listed_with_what_they_take(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / ALL[1].file).write_bytes(tiny.read_bytes())
    left = await ended("models", "--models", str(tmp_path))
    lines = left.out.decode().splitlines()
    assert left.status == 0
    assert [line.split()[0] for line in lines[1:4]] == ["qwen3-1.7b", "qwen3-4b", "qwen3-8b"]
    assert [" yes " in line for line in lines[1:4]] == [False, True, False]
    assert str(tmp_path) in lines[-1]


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_a_listed_model_is_pinned_to_one_file_and_fits_its_machine(model: Model) -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
    assert re.fullmatch(r"[0-9a-f]{64}", model.sha256)
    assert model.url == f"https://huggingface.co/{model.repository}/resolve/{model.revision}/{model.file}"
    assert model.memory(CONTEXT, ANSWERS) < model.machine * 1_000_000_000 * 0.6, "the rest is Home Assistant's"
