"""Which engine speaks, and what is said of voices that are no good."""

import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from athena_voice.errors import EngineError, MissingExtraError, ModelError, SettingsError
from athena_voice.tts.choice import choose
from athena_voice.tts.engine import EngineSettings
from athena_voice.tts.engines.piper import PiperEngine
from athena_voice.tts.service import TtsService

from ..conftest import Serving
from .speaking import say, seconds
from .voices import make_voice


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without voices; returns where they would lie."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / ".local" / "share" / "athena" / "voices"


@pytest.fixture
def without_piper(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("piper", "piper.config", "athena_voice.tts.engines.piper"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "athena_voice.tts.engines.piper")


def test_espeak_speaks_where_there_is_no_voice_and_the_log_says_so(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert choose("auto", voices=None, voice=None).name == "espeak"
    assert caplog.messages == [f"eSpeak NG speaks; with a voice of Piper in {home}, Piper would"]


def test_piper_speaks_by_itself_where_its_folder_has_a_voice_and_the_log_says_so(
    home: Path, voices: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(voices, home)
    caplog.set_level(logging.INFO)
    choice = choose("auto", voices=None, voice=None)
    assert (choice.name, choice.folder, choice.make) == ("piper", home, PiperEngine)
    assert caplog.messages == [f"Piper speaks, with the voices in {home}"]
    assert choose("auto", voices=None, voice="anna").name == "piper"
    assert choose("auto", voices=None, voice="en-gb").name == "espeak", "whose voice it is"
    assert choose("espeak", voices=None, voice=None).name == "espeak"


@pytest.mark.parametrize("engine", ["auto", "piper"])
def test_a_folder_of_the_user_without_a_voice_is_refused(tmp_path: Path, engine: str) -> None:
    with pytest.raises(SettingsError, match=r"no voice of Piper in .*: put NAME\.onnx and NAME\.onnx\.json into it"):
        choose(engine, voices=tmp_path / "voices", voice=None)


@pytest.mark.usefixtures("without_piper")
def test_piper_that_is_not_installed_is_told_with_what_to_install(voices: Path) -> None:
    with pytest.raises(MissingExtraError, match=r"pip install 'athena-voice\[piper\]'"):
        choose("piper", voices=voices, voice=None)


@pytest.mark.usefixtures("without_piper")
def test_espeak_speaks_where_nobody_asked_for_piper_and_it_is_not_installed(
    home: Path, voices: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(voices, home)
    assert choose("auto", voices=None, voice=None).name == "espeak"
    assert "pip install 'athena-voice[piper]'" in caplog.text


def _onnx_cut_in_half(path: Path) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def _onnx_of_something_else(path: Path) -> Path:
    path.write_text("not a model")
    return path


def _json_cut_in_half(path: Path) -> Path:
    settings = path.with_name(f"{path.name}.json")
    text = settings.read_text()
    settings.write_text(text[: len(text) // 2])
    return settings


def _json_of_something_else(path: Path) -> Path:
    settings = path.with_name(f"{path.name}.json")
    settings.write_text("[]")
    return settings


def _json_missing(path: Path) -> Path:
    path.with_name(f"{path.name}.json").unlink()
    return path


def _json_of_many_speakers(path: Path) -> Path:
    settings = path.with_name(f"{path.name}.json")
    settings.write_text(settings.read_text().replace('"num_speakers": 1', '"num_speakers": 3'))
    return path


def _language_that_downloads(path: Path) -> Path:
    make_voice(path.parent, path.stem, phonemes="pinyin")
    return path.with_name(f"{path.name}.json")


DAMAGES = [
    *(_onnx_cut_in_half, _onnx_of_something_else, _json_cut_in_half, _json_of_something_else, _json_missing),
    *(_json_of_many_speakers, _language_that_downloads),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__[1:])
async def test_a_truncated_model_file_is_refused_by_name_and_the_other_voices_speak(
    serving: Serving, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], Path]
) -> None:
    make_voice(tmp_path, "whole")
    culprit = damage(make_voice(tmp_path, "broken"))
    service = TtsService(engine="piper", voices=tmp_path)
    async with serving(service) as running, running.client() as client:
        assert [voice.name for voice in (await service.engine()).voices] == ["whole"]
        assert seconds(await say(client, "The kettle is on.")) > 0.3
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told.startswith(f"a voice is left out: the model {culprit} cannot be used: ")
    assert len(told.splitlines()) == 1


def test_where_no_voice_is_whole_the_engine_is_refused_by_name(tmp_path: Path) -> None:
    culprit = _onnx_cut_in_half(make_voice(tmp_path, "broken"))
    with pytest.raises(EngineError, match=f"no voice of Piper can be used: the model {culprit}"):
        PiperEngine(EngineSettings(words_a_minute=160, folder=tmp_path))


async def test_espeak_speaks_where_nobody_asked_for_piper_and_its_voices_are_broken(
    serving: Serving, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _onnx_cut_in_half(make_voice(home, "broken"))
    async with serving(TtsService()) as running, running.client() as client:
        assert seconds(await say(client, "The kettle is on.")) > 0.3
    assert "eSpeak NG speaks instead" in caplog.text


def test_a_model_that_fails_later_is_an_engine_error(tmp_path: Path) -> None:
    make_voice(tmp_path, "whole")
    engine = PiperEngine(EngineSettings(words_a_minute=160, folder=tmp_path))
    engine._loaded["whole"].piper.config.espeak_voice = "no such voice"
    with pytest.raises(EngineError, match="the voice whole cannot say a text") as raised:
        engine.speak("Lamp on.", voice="whole", speaker=None, sink=lambda _: True)
    assert not isinstance(raised.value, ModelError)
