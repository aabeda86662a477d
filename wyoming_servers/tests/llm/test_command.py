"""`athena-voice llm`, as a process: what it is given, what it says, what it leaves."""

import asyncio
import os
import stat
import sys
from pathlib import Path

import aiohttp
import pytest

from ..command import ended, running
from ..conftest import DEADLINE_SECONDS
from .conftest import ENGINES, command_of, conversation

ANYWHERE = ("--uri", "http://127.0.0.1:0", "--no-metrics")


@pytest.mark.parametrize("engine", ENGINES)
async def test_the_command_serves_logs_no_word_of_it_and_ends_with_0_when_told(tiny: Path, engine: str) -> None:
    async with running("llm", "--model", str(tiny), *command_of(engine), *ANYWHERE) as started:
        await started.logged("language model server is ready")
        async with aiohttp.ClientSession() as http:
            url = f"http://127.0.0.1:{started.port}/v1/chat/completions"
            async with http.post(url, json=conversation("where is the zebra")) as answer:
                assert answer.status == 200
        started.process.terminate()
        left = await started.ended()
    assert (left.status, left.out) == (0, b"")
    assert left.said == []
    assert "zebra" not in left.err


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_killed_server_takes_its_model_with_it(tiny: Path, engine: str) -> None:
    arguments = ("llm", "--model", str(tiny), *command_of(engine), *ANYWHERE, "--log-level", "debug")
    async with running(*arguments) as started:
        socket = Path((await started.logged(r"'(/\S+\.sock)'"))[1])
        await started.logged("language model server is ready")
        async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as model:
            async with model.get("http://model/health") as answer:
                assert answer.status == 200
            started.process.kill()
            await started.process.wait()
            await _gone(model)


async def _gone(model: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            try:
                await model.get("http://model/health")
            except aiohttp.ClientConnectionError:
                return


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_truncated_model_file_is_refused_by_name(tiny: Path, tmp_path: Path, engine: str) -> None:
    short = tmp_path / "short.gguf"
    short.write_bytes(tiny.read_bytes()[:-100_000])
    left = await ended("llm", "--model", str(short), *command_of(engine), *ANYWHERE)
    assert left.status == 1
    last = left.said[-1]
    assert last.startswith(f"athena-voice: the model {short} cannot be used: ")
    assert "corrupted or incomplete" in last


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_model_of_an_unknown_kind_is_refused_by_name(tiny: Path, tmp_path: Path, engine: str) -> None:
    odd = tmp_path / "odd.gguf"
    odd.write_bytes(tiny.read_bytes().replace(b"llama", b"camel"))
    left = await ended("llm", "--model", str(odd), *command_of(engine), *ANYWHERE)
    assert left.status == 1
    assert left.said[-1].startswith(f"athena-voice: the model {odd} cannot be used: ")
    assert "camel" in left.said[-1]


async def test_a_file_that_is_no_model_is_refused_by_name(tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    other.write_text("<html>You have to log in</html>")
    left = await ended("llm", "--model", str(other), *ANYWHERE)
    assert (left.status, left.said) == (1, [f"athena-voice: the model {other} cannot be used: it is no GGUF file"])


async def test_a_beginning_of_a_model_is_refused_by_name(tiny: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(tiny.read_bytes()[:10])
    left = await ended("llm", "--model", str(cut), *ANYWHERE)
    assert left.status == 1
    assert left.said == [
        f"athena-voice: the model {cut} cannot be used: it is cut short, or another file: it has 10 bytes"
    ]


async def test_a_model_that_is_nowhere_is_refused_with_what_there_is() -> None:
    left = await ended("llm", "--model", "/nowhere/model.gguf", *ANYWHERE)
    assert left.status == 1
    assert left.said == [
        "athena-voice: there is no file /nowhere/model.gguf, and no model of that name; "
        "there is qwen3-1.7b, qwen3-4b, qwen3-8b"
    ]


async def test_a_model_that_was_not_downloaded_is_refused_with_the_command_that_does(tmp_path: Path) -> None:
    left = await ended("llm", "--model", "qwen3-4b", "--models", str(tmp_path), *ANYWHERE)
    assert left.status == 1
    assert left.said == ["athena-voice: the model qwen3-4b is not on this machine; run: athena-voice download qwen3-4b"]


async def test_another_file_by_the_name_of_a_known_model_is_refused(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "Qwen3-8B-Q4_K_M.gguf").write_bytes(tiny.read_bytes())
    left = await ended("llm", "--model", "qwen3-8b", "--models", str(tmp_path), *ANYWHERE)
    assert left.status == 1
    assert left.said[-1].endswith("bytes")
    assert "of 5027783488 bytes" in left.said[-1]


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_port_in_use_is_one_line_and_no_model_is_loaded(tiny: Path, engine: str) -> None:
    async with await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0) as other:
        uri = f"http://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        left = await ended("llm", "--model", str(tiny), *command_of(engine), "--uri", uri, "--no-metrics")
    assert (left.status, left.said) == (1, [f"athena-voice: {uri} is already in use"])
    assert " INFO " not in left.err


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("/nowhere/llama-server", "/nowhere/llama-server is no program that can be run"),
        (sys.executable, f"{sys.executable} is no llama-server: it has no --ctx-size"),
    ],
    ids=["none", "another"],
)
async def test_a_llama_server_that_is_none_is_refused_by_name(tiny: Path, program: str, says: str) -> None:
    left = await ended("llm", "--model", str(tiny), "--llama-server", program, *ANYWHERE)
    assert left.status == 1
    assert left.said == [f"athena-voice: {says}"]


async def test_a_llama_server_that_does_not_run_is_refused_by_name(tiny: Path, tmp_path: Path) -> None:
    broken = tmp_path / "llama-server"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    left = await ended("llm", "--model", str(tiny), "--llama-server", str(broken), *ANYWHERE)
    assert left.status == 1
    assert left.said[-1].startswith(f"athena-voice: {broken} does not run: ")


async def test_where_nothing_runs_a_model_both_ways_are_told(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "llama_cpp.py").write_text("")
    hidden = "import sys; sys.modules['llama_cpp'] = None; from athena_voice.cli import main; main()"
    left = await ended(
        *("llm", "--model", str(tiny), *ANYWHERE),
        python=("-c", hidden),
        environment=os.environ | {"PATH": str(tmp_path)},
    )
    assert left.status == 1
    assert left.said[-1].startswith("athena-voice: there is nothing that runs a model: llama-server is not installed")
    assert left.said[-1].endswith("pip install 'athena-voice[llm]'")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--model", "x", "--context", "1"),
        ("--model", "x", "--engine", "gpt"),
        ("--model", "x", "--uri", "tcp://h:1"),
    ],
)
async def test_bad_arguments_are_exit_code_2(arguments: tuple[str, ...]) -> None:
    left = await ended("llm", *arguments)
    assert left.status == 2
    assert left.err.startswith("usage: athena-voice llm")


async def test_a_model_that_is_killed_before_it_was_loaded_is_tried_again(tiny: Path, tmp_path: Path) -> None:
    """As the system does where memory is short: a later try may find it."""
    program = command_of("llama-server")[-1]
    once = tmp_path / "llama-server"
    once.write_text(
        f'#!/bin/sh\n[ "$1" = --help ] && exec {program} --help\n'
        f'[ -e {tmp_path}/tried ] || {{ touch {tmp_path}/tried; kill -9 $$; }}\nexec {program} "$@"\n'
    )
    once.chmod(0o755)
    async with running("llm", "--model", str(tiny), "--llama-server", str(once), *ANYWHERE) as started:
        await started.logged("the model's process was killed by SIGKILL; it is started again in 0.5 s")
        await started.logged("language model server is ready")
