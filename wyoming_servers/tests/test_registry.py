"""Servers and engines by name."""

import importlib.util
from pathlib import Path

import pytest

from athena_voice import cli, registry, stt, tts, wake
from athena_voice.errors import EngineError, MissingExtraError, UnknownEngineError
from athena_voice.stt import engines as stt_engines
from athena_voice.tts import engines as tts_engines
from athena_voice.wake import engines as wake_engines

FOLDERS = {"wake": wake_engines, "stt": stt_engines, "tts": tts_engines}


@pytest.mark.parametrize("extra", FOLDERS)
def test_every_file_of_an_engine_folder_is_registered_and_loads(extra: str) -> None:
    folder = FOLDERS[extra]
    files = {path.stem for path in Path(folder.__path__[0]).glob("*.py")} - {"__init__"}
    assert {reference.partition(":")[0].rpartition(".")[2] for reference in folder.ALL.values()} == files
    for name in folder.ALL:
        assert isinstance(registry.load(folder.ALL, name, extra=extra), type)


def test_every_server_of_the_command_loads() -> None:
    for name in cli.SERVERS:
        assert registry.load(cli.SERVERS, name, extra=name).name.endswith("server")


def test_packages_that_are_not_installed_are_named_with_what_to_install() -> None:
    with pytest.raises(MissingExtraError) as raised:
        registry.load({"x": "athena_no_such_package.engine:X"}, "x", extra="wake")
    assert str(raised.value) == ("athena_no_such_package is not installed; run: pip install 'athena-voice[wake]'")


def test_an_unknown_engine_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownEngineError, match="unknown engine 'y'; there is x"):
        registry.load({"x": "athena_voice.tts:X"}, "y", extra="tts")


def test_a_library_that_does_not_load_is_an_engine_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_engine.py").write_text("raise OSError('wrong ELF class')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EngineError, match="wrong ELF class"):
        registry.load({"x": "broken_engine:X"}, "x", extra="tts")


def test_a_server_imports_no_engine_that_is_not_chosen() -> None:
    """What the command imports before it knows which server is wanted needs none of the extras."""
    heavy = ("aiohttp", "espeakng_loader", "hassil", "numpy", "onnxruntime", "pymicro_wakeword", "soxr", "yaml")
    for module in (cli, registry, stt, tts, wake, *FOLDERS.values()):
        source = Path(str(importlib.util.find_spec(module.__name__).origin)).read_text(encoding="utf-8")  # type: ignore[union-attr]
        assert not [name for name in heavy if f"import {name}" in source or f"from {name}" in source]
