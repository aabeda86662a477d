"""What is a model for faster-whisper and what is none; the library that may be absent."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from ctranslate2 import get_cuda_device_count

from athena_voice.audio import Samples
from athena_voice.errors import EngineError, ModelError, SettingsError
from athena_voice.stt.engines.faster_whisper import FasterWhisperEngine
from athena_voice.stt.service import SttService
from athena_voice.stt.vocabulary import Vocabulary

from ..command import ANYWHERE, ended
from ..conftest import Serving
from .running_whisper import SAID, loaded, whisper
from .tiny_whisper import make


@pytest.mark.parametrize("share", [0.0, 0.001, 0.25, 0.9, 0.999999])
async def test_a_truncated_model_file_is_refused_by_name(
    serving: Serving, models: Path, home: Path, tmp_path: Path, share: float
) -> None:
    folder = make(tmp_path / "cut", SAID)
    binary = folder / "model.bin"
    whole = binary.read_bytes()
    binary.write_bytes(whole[: int(len(whole) * share)])
    with pytest.RaisesGroup(
        pytest.RaisesExc(ModelError, match=f"the model {binary} cannot be used: .*bytes"), flatten_subgroups=True
    ):
        async with serving(whisper(folder, home)):
            await asyncio.Event().wait()


@pytest.mark.parametrize("name", ["tokenizer.json", "vocabulary.json", "config.json", "preprocessor_config.json"])
@pytest.mark.parametrize("content", [b"", b'{"a": [1, 2', b"\xff\xfe\x00"])
def test_a_broken_file_of_a_model_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    folder = make(tmp_path / "broken", SAID)
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"the model {folder / name} cannot be used: it is broken"):
        FasterWhisperEngine(model=str(folder))


@pytest.mark.parametrize(
    ("name", "content"), [("tokenizer.json", "{}"), ("vocabulary.json", '["a"]'), ("preprocessor_config.json", "[]"),
                          ("preprocessor_config.json", '{"feature_size": 128}')],
)  # fmt: skip
async def test_files_that_do_not_fit_together_are_refused_at_the_start(tmp_path: Path, name: str, content: str) -> None:
    folder = make(tmp_path / "mixed", SAID)
    (folder / name).write_text(content)
    with pytest.raises(ModelError, match="cannot be used"):
        await FasterWhisperEngine(model=str(folder), device="cpu").run(lambda: None)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_folder_without_a_part_is_refused_with_what_is_missing(tmp_path: Path, name: str) -> None:
    """Without tokenizer.json the library would fetch one."""
    folder = make(tmp_path / "part", SAID)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"the model {folder} cannot be used: .* {name} is missing"):
        FasterWhisperEngine(model=str(folder))


async def test_a_compute_type_that_the_machine_has_not_is_refused_at_the_start(models: Path) -> None:
    engine = FasterWhisperEngine(model=str(models / "tiny"), device="cpu", compute_type="float16")
    with pytest.raises(ModelError, match="float16"):
        await engine.run(lambda: None)


@pytest.mark.skipif(get_cuda_device_count() > 0, reason="this machine has one")
async def test_a_device_that_the_machine_has_not_is_refused_at_the_start(models: Path) -> None:
    with pytest.raises(ModelError, match="device cuda"):
        await FasterWhisperEngine(model=str(models / "tiny"), device="cuda").run(lambda: None)


@pytest.mark.parametrize("compute_type", ["auto", "int8", "float32"])
async def test_a_compute_type_that_the_machine_has_is_used(models: Path, speech: Samples, compute_type: str) -> None:
    async with asyncio.TaskGroup() as tasks:
        engine = FasterWhisperEngine(model=str(models / "tiny"), device="cpu", compute_type=compute_type)
        task = tasks.create_task(engine.run(lambda: None))
        assert await engine.transcribe(speech, "en") == SAID
        task.cancel()


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (None, "needs --model"),
        ("", "needs --model"),
        ("/nowhere/model", "/nowhere/model is no folder"),
        ("./nowhere", "./nowhere is no folder"),
        ("enormous", "'enormous' is neither a folder nor a model's name; names are base, "),
        ("a/b/c", "'a/b/c' is neither a folder nor a model's name"),
    ],
)
def test_what_is_no_model_is_refused_with_what_there_may_be(model: str | None, says: str) -> None:
    with pytest.raises((SettingsError, EngineError), match=says):
        FasterWhisperEngine(model=model)


async def _command(home: Path, *arguments: str, prelude: str = "", **environment: str) -> tuple[int | None, str]:
    """Run the server's command to its end, which comes by itself; return its status and its last line."""
    code = f"import sys\n{prelude}\nfrom athena_voice.cli import main\nmain(sys.argv[1:])"
    command = ("stt", *ANYWHERE, "--home", str(home), "--engine", "faster-whisper", *arguments)
    left = await ended(*command, python=("-c", code), environment={**os.environ, **environment})
    assert "Traceback" not in left.err
    return left.status, left.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("model", "repository"), [("small", "Systran/faster-whisper-small"), ("some/model-ct2", "some/model-ct2")]
)
async def test_a_model_that_is_not_there_is_not_fetched_but_the_command_that_does_is_told(
    home: Path, tmp_path: Path, model: str, repository: str
) -> None:
    asked: list[None] = []
    async with await asyncio.start_server(lambda _reader, _writer: asked.append(None), "127.0.0.1", 0) as hub:
        endpoint = f"http://127.0.0.1:{hub.sockets[0].getsockname()[1]}"
        status, says = await _command(home, "--model", model, HF_HUB_CACHE=str(tmp_path), HF_ENDPOINT=endpoint)
    assert status == 1
    assert says == (
        f"athena-voice: the model {model} is not on this machine, and a server downloads nothing; "
        f"fetch it once with: hf download {repository}"
    )
    assert asked == []


async def test_a_model_of_the_local_cache_is_found_by_its_name(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    cached = tmp_path / "models--Systran--faster-whisper-tiny"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("0" * 40)
    (cached / "snapshots").mkdir()
    (cached / "snapshots" / ("0" * 40)).symlink_to(models / "tiny")
    async with loaded_by_name("tiny") as engine:
        assert engine.program().models[0].name == "tiny"


@asynccontextmanager
async def loaded_by_name(name: str) -> AsyncIterator[FasterWhisperEngine]:
    async with loaded(Path(name)) as engine:
        await engine.learn(Vocabulary(language="en"))
        yield engine


async def test_a_server_without_the_extra_says_what_to_install(home: Path, models: Path) -> None:
    status, says = await _command(home, "--model", str(models / "tiny"), prelude="sys.modules['faster_whisper'] = None")
    assert status == 1
    assert says == (
        f"athena-voice: faster_whisper is not installed; run: {sys.executable} -m pip install 'athena-voice[whisper]'"
    )


async def test_a_broken_model_ends_the_command_with_one_line(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "cut", SAID)
    (folder / "model.bin").write_bytes(b"")
    status, says = await _command(home, "--model", str(folder))
    assert status == 1
    assert says.startswith(
        f"athena-voice: the model {folder / 'model.bin'} cannot be used: File model.bin is incomplete"
    )


def test_the_home_engine_takes_no_model(home: Path) -> None:
    with pytest.raises(SettingsError, match="--model goes with --engine faster-whisper"):
        SttService(home=home, model="small")
    with pytest.raises(SettingsError, match="--compute-type goes with --engine faster-whisper"):
        SttService(home=home, compute_type="int8")
