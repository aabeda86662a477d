"""Servers and engines by name."""

import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path
from types import ModuleType

import pytest

from athena_voice import cli, registry
from athena_voice.errors import EngineError, MissingExtraError, UnknownEngineError
from athena_voice.stt import engines as stt_engines
from athena_voice.tts import engines as tts_engines
from athena_voice.wake import engines as wake_engines

FOLDERS = (wake_engines, stt_engines, tts_engines)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.__name__.split(".")[1])
def test_every_file_of_an_engine_folder_is_registered_and_loads(folder: ModuleType) -> None:
    files = {path.stem for path in Path(folder.__path__[0]).glob("*.py")} - {"__init__"}
    assert {reference.partition(":")[0].rpartition(".")[2] for reference in folder.ALL.values()} == files
    for name in folder.ALL:
        assert isinstance(registry.load(folder.ALL, name), type)


def test_every_server_of_the_command_loads() -> None:
    for name in cli.SERVERS:
        assert registry.load(cli.SERVERS, name).name.endswith("server")


def test_what_is_told_to_install_is_an_extra_of_the_package() -> None:
    extras = "".join(requires("athena-voice") or ())
    for registered in (cli.SERVERS, *(folder.ALL for folder in FOLDERS)):
        for reference in registered.values():
            if extra := reference.partition("[")[2].rstrip("]"):  # the model's server needs none where llama-server is
                assert f"extra == '{extra}'" in extras


def test_packages_that_are_not_installed_are_named_with_what_to_install() -> None:
    with pytest.raises(MissingExtraError) as raised:
        registry.load({"x": "athena_no_such_package.engine:X [wake]"}, "x")
    assert str(raised.value) == (
        f"athena_no_such_package is not installed; run: {sys.executable} -m pip install 'athena-voice[wake]'"
    )


def test_an_unknown_engine_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownEngineError, match="unknown engine 'y'; there is x"):
        registry.load({"x": "athena_voice.tts:X [tts]"}, "y")


def test_a_library_that_does_not_load_is_an_engine_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_engine.py").write_text("raise OSError('wrong ELF class')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EngineError, match="wrong ELF class"):
        registry.load({"x": "broken_engine:X [tts]"}, "x")


def test_the_command_imports_nothing_of_an_extra_before_it_knows_which_server_is_wanted() -> None:
    heavy = {"espeakng_loader", "hassil", "numpy", "onnxruntime", "pymicro_wakeword", "soxr", "yaml"}
    code = "import sys, athena_voice.cli; print(*sys.modules)"
    imported = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not heavy & set(imported)
