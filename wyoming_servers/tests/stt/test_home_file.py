"""A home from a file."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from athena_voice.errors import SettingsError
from athena_voice.stt import home_file
from athena_voice.stt.home_file import HomeFile, read
from athena_voice.stt.sentences import expand
from athena_voice.stt.service import SttService
from athena_voice.stt.vocabulary import Area, Entity, Floor, Vocabulary

from ..command import ANYWHERE, ended
from ..conftest import AUDIO, Serving, recording, until
from .test_home_assistant import Told
from .test_service import LAMP, transcript

README = Path(__file__).parents[2] / "README.md"
HOME = """\
language: en
areas:
  - name: Living Room
    aliases: [Lounge]
    floor: Ground floor
  - name: Kitchen
entities:
  - name: Lamp
    domain: light
    area: Living Room
    aliases:
      - Reading light
  - name: Movie Night
    domain: scene
sentences:
  - focus mode
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home.yaml"
    path.write_text(HOME)
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_file, "POLL_SECONDS", 0.01)


def change(path: Path, content: str) -> None:
    """Write a file as an editor does: at once, under another inode."""
    new = path.with_suffix(".new")
    new.write_text(content)
    new.replace(path)


@asynccontextmanager
async def told(path: Path) -> AsyncIterator[list[Vocabulary]]:
    """Watch a file until the end of the block."""
    told = Told()
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(told.collect(HomeFile(path)))
        yield told.vocabularies
        task.cancel()


def test_a_home_is_read(home: Path) -> None:
    assert read(home) == Vocabulary(
        language="en",
        floors=(Floor(name="Ground floor"),),
        areas=(Area(name="Living Room", aliases=("Lounge",), floor="Ground floor"), Area(name="Kitchen")),
        entities=(
            Entity(name="Lamp", domain="light", area="Living Room", aliases=("Reading light",)),
            Entity(name="Movie Night", domain="scene"),
        ),
        sentences=("focus mode",),
    )


def test_a_home_of_nothing_but_a_language_is_read(home: Path) -> None:
    home.write_text("language: en\nareas:\nentities: []\n")
    assert read(home) == Vocabulary(language="en")


def test_the_example_of_the_readme_is_a_home(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(language:.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "home.yaml"
    path.write_text(example)
    vocabulary = read(path)
    assert vocabulary.areas
    assert vocabulary.sentences
    texts = {sentence.text for sentence in expand(vocabulary)}
    assert LAMP in texts
    assert set(vocabulary.sentences) <= texts


@pytest.mark.parametrize(
    ("found", "instead", "says"),
    [
        ("sentences:", "sentenses:", "unknown key 'sentenses'; did you mean 'sentences'? known are language, floors,"),
        ("    floor: Gr", "    flor: Gr", "areas[0]: unknown key 'flor'; did you mean 'floor'? known are name"),
        ("domain: scene", "domain: scenes", "entities[1].domain: unknown domain 'scenes'; did you mean 'scene'? known"),
        ("domain: scene", "domian: scene", "entities[1]: unknown key 'domian'; did you mean 'domain'? known are name"),
        ("    domain: scene\n", "", "entities[1].domain is missing"),
        ("area: Living Room", "area: Livingroom", "entities[0].area: unknown area 'Livingroom'; did you mean 'Liv"),
        ("area: Living Room", "area: Mars", "entities[0].area: unknown area 'Mars'; known are Living Room, Kitchen"),
        ("name: Kitchen", "name: Living Room", "areas[1].name: 'Living Room' is there already"),
        ("name: Movie Night", "name: On", "entities[1].name: YAML reads True there, which is no text; put it in quo"),
        ("name: Movie Night", "name: 7", "entities[1].name: YAML reads 7 there, which is no text; put it in quotes"),
        ("name: Movie Night", "name: '  '", "entities[1].name is empty"),
        ("- Reading light", "- 12", "entities[0].aliases[0]: YAML reads 12 there"),
        ("[Lounge]", "Lounge", "areas[0].aliases: there must be a list, each item after a “- ”"),
        ("  - focus mode", "  focus mode", "sentences: there must be a list"),
        ("  - name: Kitchen", "  - Kitchen", "areas[1]: there must be keys and values, with the keys name, aliases"),
        ("language: en\n", "", "language is missing"),
        ("language: en\n", "language: en\nlanguage: de\n", "no YAML: 'language' stands there twice"),
        ("language: en\n", "language: [en\n", "no YAML: expected ',' or ']', but got ':' (line 2, column 6)"),
        ("language: en\n", "language: \x07\n", "special characters are not allowed (line 1, column 11)"),
        ("- focus mode\n", "- é\x07\n", "special characters are not allowed (line 16, column 6)"),
        ("language: en\n", "language: 2026-13-45\n", "no YAML: month must be in 1..12"),
        ("language: en\n", "language: !!python/object:os.system {}\n", "no YAML: could not determine a constructor"),
        (HOME, "", "there must be keys and values, with the keys language, floors, areas, entities, sentences"),
        (HOME, "[" * 100_000, "no YAML: its brackets are nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_home_is_said_with_its_place_and_what_is_allowed(
    home: Path, found: str, instead: str, says: str
) -> None:
    assert found in HOME
    home.write_text(HOME.replace(found, instead))
    with pytest.raises(SettingsError) as raised:
        read(home)
    assert str(raised.value).startswith(f"the home file {home}")
    assert says in str(raised.value)
    assert not {"<", "^"} & set(str(raised.value))


def test_a_file_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.yaml cannot be read: No such file"):
        HomeFile(tmp_path / "nowhere.yaml")
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        HomeFile(tmp_path)
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(SettingsError, match="larger than 1048576 bytes"):
        HomeFile(large)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes("a: 1\nb: é".encode() + b"\x00\xff\x81")
    with pytest.raises(SettingsError, match=r"is no YAML: .*, invalid start byte \(line 2, column 6\)"):
        HomeFile(binary)


@pytest.mark.usefixtures("impatient")
async def test_a_file_that_changes_is_read_again(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with told(home) as vocabularies:
        await until(lambda: len(vocabularies) == 1)
        change(home, HOME.replace("focus mode", "night mode"))
        await until(lambda: len(vocabularies) == 2)
        home.write_text(HOME)
        await until(lambda: len(vocabularies) == 3)
    assert [each.sentences for each in vocabularies] == [("focus mode",), ("night mode",), ("focus mode",)]
    assert caplog.messages == [f"{home} has changed and is read again"] * 2


@pytest.mark.usefixtures("impatient")
async def test_a_new_version_that_is_broken_is_said_once_and_the_last_one_stays(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with told(home) as vocabularies:
        await until(lambda: len(vocabularies) == 1)
        change(home, HOME.replace("domain: scene", "domain: scenery"))
        await until(lambda: len(caplog.records) == 1)
        change(home, HOME.replace("focus", "night"))
        await until(lambda: len(vocabularies) == 2)
        home.unlink()
        await until(lambda: len(caplog.records) == 2)
        home.write_text(HOME)
        await until(lambda: len(vocabularies) == 3)
    broken, gone = caplog.messages
    assert broken.startswith(f"the home's words stay as they were: the home file {home}: entities[1].domain: unknown")
    assert gone == f"the home's words stay as they were: the home file {home} cannot be read: No such file or directory"


@pytest.mark.usefixtures("impatient")
async def test_a_server_recognises_a_home_of_a_file_and_what_becomes_of_it(serving: Serving, home: Path) -> None:
    service = SttService(home=home)
    said = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav")
    async with serving(service) as server, server.client() as client:
        await until(lambda: service.sentences > 0)
        known = service.sentences
        assert await transcript(client, said) == LAMP
        change(home, HOME.replace("Lamp", "Fountain").replace("light", "switch"))
        await until(lambda: service.sentences != known)
        assert await transcript(client, said) == ""


async def test_a_home_from_both_or_from_nowhere_is_refused(home: Path, token_file: Path) -> None:
    for both in ({"token_file": token_file}, {"home_assistant": "http://127.0.0.1:8123"}):
        with pytest.raises(SettingsError, match=r"--home has the home's words in a file, .*: give one"):
            SttService(home=home, **both)
    with pytest.raises(SettingsError, match=r"give --token-file, .* or --home"):
        SttService()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ((), 2, "one of the arguments --token-file --home is required"),
        (("--home", "HOME", "--token-file", "T"), 2, "argument --token-file: not allowed with argument --home"),
        (("--home", "HOME", "--home-assistant", "http://127.0.0.1:8123"), 1, "give one"),
        (("--home", "/nowhere/home.yaml"), 1, "the home file /nowhere/home.yaml cannot be read: No such file"),
        (("--home", "HOME", "--model", "small"), 1, "--model goes with --engine faster-whisper"),
        (("--home", "HOME", "--engine", "faster-whisper"), 1, "--engine faster-whisper needs --model"),
        (
            ("--home", "HOME", "--engine", "parrot"),
            2,
            "'parrot' (choose from 'faster-whisper', 'home')",
        ),
    ],
)
async def test_the_command_says_what_to_give(home: Path, arguments: tuple[str, ...], status: int, says: str) -> None:
    given = (str(home) if argument == "HOME" else argument for argument in arguments)
    left = await ended("stt", *ANYWHERE, *given)
    assert left.status == status
    assert "Traceback" not in left.err
    assert says in left.err.splitlines()[-1]
