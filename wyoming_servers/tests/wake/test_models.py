"""Models of one's own, and broken ones: said by name at the start, and the others are used."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from wyoming.info import Describe, Info

from athena_voice.errors import EngineError, SettingsError
from athena_voice.wake import model_files
from athena_voice.wake.service import WakeService

from ..conftest import Serving
from .conftest import detections, hey_jarvis

PACKAGES = {"microwakeword": "pymicro_wakeword", "openwakeword": "pyopen_wakeword"}


@pytest.fixture
def folder(engine: str, tmp_path: Path) -> Path:
    """A folder with a copy of "hey_jarvis", named "hey_athena"."""
    spec = find_spec(PACKAGES[engine])
    assert spec is not None
    assert spec.origin is not None
    models = Path(spec.origin).parent / "models"
    shutil.copy(models / "hey_jarvis.tflite", tmp_path / "hey_athena.tflite")
    if engine == "microwakeword":
        text = (models / "hey_jarvis.json").read_text(encoding="utf-8")
        text = text.replace("hey_jarvis.tflite", "hey_athena.tflite").replace("Hey Jarvis", "Hey Athena")
        (tmp_path / "hey_athena.json").write_text(text, encoding="utf-8")
    return tmp_path


async def test_a_model_of_ones_own_is_used_beside_the_engines(serving: Serving, engine: str, folder: Path) -> None:
    async with serving(WakeService(engine=engine, models=folder)) as server, server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).wake
        assert {model.phrase for model in program.models} > {"Hey Athena", "Hey Jarvis", "Alexa"}
        found = await detections(client, hey_jarvis(), names=["hey_athena", "hey_jarvis"])
    assert sorted(detection.name or "" for detection in found) == ["hey_athena", "hey_jarvis"]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
async def test_a_truncated_model_file_is_refused_by_name(
    serving: Serving, engine: str, folder: Path, caplog: pytest.LogCaptureFixture, share: float
) -> None:
    path = folder / "hey_athena.tflite"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    async with serving(WakeService(engine=engine, models=folder)) as server, server.client() as client:
        (detection,) = await detections(client, hey_jarvis(), names=())
    assert detection.name == "hey_jarvis", "the others are used"
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert errors == [f"the model {path} cannot be used: it is not a whole TensorFlow Lite model; it is left out"]


async def test_a_model_for_another_engine_is_refused_by_name(
    serving: Serving, engine: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = {"microwakeword": "openwakeword", "openwakeword": "microwakeword"}[engine]
    spec = find_spec(PACKAGES[other])
    if spec is None or spec.origin is None:
        pytest.skip(f"{PACKAGES[other]} is not installed")
    path = folder / "hey_athena.tflite"
    shutil.copy(Path(spec.origin).parent / "models" / "hey_jarvis.tflite", path)
    async with serving(WakeService(engine=engine, models=folder)) as server, server.client() as client:
        assert len(await detections(client, hey_jarvis())) == 1
    (error,) = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert error.startswith(f"the model {path} cannot be used: it is no model for ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "KeyError"),
        ('{"model": "nowhere.tflite"}', "there is no nowhere.tflite beside it"),
        ('{"model": "hey_athena.tflite", "wake_word": "x"}', "KeyError: 'micro'"),
        (
            '{"model": "hey_athena.tflite", "wake_word": "x",'
            ' "micro": {"probability_cutoff": 97, "sliding_window_size": 5}}',
            "its cut-off or its window is out of range",
        ),
    ],
)
@pytest.mark.parametrize("engine", ["microwakeword"])
async def test_a_description_of_a_model_that_is_none_is_refused_by_name(
    serving: Serving, engine: str, folder: Path, caplog: pytest.LogCaptureFixture, text: str, says: str
) -> None:
    path = folder / "hey_athena.json"
    path.write_text(text, encoding="utf-8")
    async with serving(WakeService(engine=engine, models=folder)) as server, server.client() as client:
        assert len(await detections(client, hey_jarvis())) == 1
    (error,) = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert error.startswith(f"the model {path} cannot be used: {says}")


def test_a_folder_without_models_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"has no \.tflite file"):
        model_files.own(tmp_path, ".tflite")
    with pytest.raises(SettingsError, match="cannot be read: No such file or directory"):
        model_files.own(tmp_path / "nowhere", ".tflite")


def test_an_engine_of_which_no_model_can_be_used_is_refused() -> None:
    with pytest.raises(EngineError, match="there is no model of a wake word that can be used"):
        model_files.load([], str)
