"""The settings file, above the defaults and below the command line."""

import dataclasses
import os
import re
import tomllib
from pathlib import Path

import pytest

from athena_satellite import settings_file
from athena_satellite.address import Address
from athena_satellite.errors import SettingsError
from athena_satellite.settings import OPTIONS, Settings


def file(folder: Path, text: str) -> Path:
    path = folder / "satellite.toml"
    path.write_text(text)
    return path


def refused(folder: Path, text: str) -> str:
    """Return why a file is refused, without the file's folder."""
    with pytest.raises(SettingsError) as error:
        settings_file.gather({}, file(folder, text))
    return str(error.value).replace(f"{folder}/", "")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the user's and the system's settings be looked for in a folder that has neither."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    monkeypatch.setattr(settings_file, "_OF_THE_SYSTEM", tmp_path / "system.toml")
    return tmp_path


def test_every_setting_is_described_and_has_a_name_of_its_own() -> None:
    assert [option.field for option in OPTIONS] == [field.name for field in dataclasses.fields(Settings)]
    assert len({option.key for option in OPTIONS}) == len(OPTIONS)


def test_a_file_sets_what_it_says_and_leaves_the_rest(tmp_path: Path) -> None:
    gathered = settings_file.gather({}, file(tmp_path, 'name = "Kitchen"\npre_roll = 1\nuri = "tcp://0.0.0.0:1"\n'))
    assert gathered.settings == Settings(name="Kitchen", pre_roll_seconds=1.0, address=Address("0.0.0.0", 1))


def test_a_flag_comes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    path = file(tmp_path, 'name = "Kitchen"\narea = "Kitchen"')
    gathered = settings_file.gather({"area": "Cellar"}, path)
    assert (gathered.settings.name, gathered.settings.area) == ("Kitchen", "Cellar")
    assert [gathered.origins[field] for field in ("name", "area", "wake")] == [str(path), "--area", "default"]
    assert settings_file.effective(gathered).splitlines()[:4] == [
        f"# read: {path}",
        f'name = "Kitchen"  # {path}',
        'area = "Cellar"  # --area',
        'uri = "tcp://127.0.0.1:10700"  # default',
    ]


def test_the_users_own_file_is_read_before_the_systems(nowhere: Path) -> None:
    assert settings_file.gather({"name": "x"}, None).file is None
    (nowhere / "system.toml").write_text('name = "of the system"')
    assert settings_file.gather({}, None).settings.name == "of the system"
    (nowhere / "user" / "athena").mkdir(parents=True)
    (nowhere / "user" / "athena" / "satellite.toml").write_text('name = "of the user"')
    assert settings_file.gather({}, None).settings.name == "of the user"


def test_what_is_needed_and_given_nowhere_is_named(nowhere: Path) -> None:
    with pytest.raises(
        SettingsError, match=r'^`name` is needed: give --name TEXT, or write name = "Living Room" in .*satellite\.toml$'
    ):
        _ = settings_file.gather({}, None).settings


def test_what_is_needed_and_given_nowhere_is_shown_as_such(nowhere: Path) -> None:
    assert settings_file.effective(settings_file.gather({}, None)).splitlines()[:3] == [
        "# read: no file",
        "# name is not set; needed",
        "# area is not set  # default",
    ]


def test_a_toml_typo(tmp_path: Path) -> None:
    assert refused(tmp_path, 'name = "x"\n\nmicrofone = "device"\n') == (
        "satellite.toml, line 3: unknown key `microfone`; did you mean `microphone`?"
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('wake-uri = "tcp://a:1"', "unknown key `wake-uri`; did you mean `wake_uri`?"),
        ('Name = "x"', "unknown key `Name`; did you mean `name`?"),
        ("zzzzzz = 1", f"unknown key `zzzzzz`; there is {', '.join(option.key for option in OPTIONS)}"),
        ("pre_roll = 5", "`pre_roll` is 5, which is not a number of seconds from 0 to 2"),
        ("pre_roll = nan", "`pre_roll` is NaN, which is not a number of seconds from 0 to 2"),
        ("pre_roll = true", "`pre_roll` is true, which is not a number of seconds from 0 to 2"),
        ('pre_roll = "0.1"', '`pre_roll` is "0.1", which is not a number of seconds from 0 to 2'),
        ("follow_ups = 1.5", "`follow_ups` is 1.5, which is not a whole number of questions from 0 to 20"),
        ("follow_ups = 21", "`follow_ups` is 21, which is not a whole number of questions from 0 to 20"),
        ("area = [1, 'a']", '`area` is [1, "a"], which is not a text with something in it'),
        ("[area]\nx = 1", "`area` is a table, which is not a text with something in it"),
        ('uri = "localhost"', '`uri` is "localhost", which is not of the form tcp://HOST:PORT'),
        ("trace = 1979-05-27", '`trace` is "1979-05-27", which is not the name of a file'),
        ('log_level = "loud"', '`log_level` is "loud", which is not debug, info, warning or error'),
    ],
)
def test_a_key_that_is_wrong_is_named_with_its_line_and_what_is_allowed(tmp_path: Path, line: str, why: str) -> None:
    assert refused(tmp_path, f'"name" = "x"\n{line}\n') == f"satellite.toml, line 2: {why}"


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    assert refused(tmp_path, "name = 1\npre_roll = -1\n").count("satellite.toml, line ") == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('name = "x"\narea = \n', r"satellite.toml is not TOML: Invalid value \(at line 2, column 8\)"),
        ('name = "x"\nname = "y"\n', r"satellite.toml is not TOML: Cannot overwrite a value \(at line 2, column 11\)"),
    ],
)
def test_a_file_that_is_not_toml_is_refused_with_the_line(tmp_path: Path, text: str, why: str) -> None:
    assert re.fullmatch(why, refused(tmp_path, text))


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("name = Kitchen", '; a text needs quotes: name = "Kitchen"'),
        ("name = “Living Room”  # upstairs", '; a text needs quotes: name = "Living Room"'),
        ("uri = tcp://127.0.0.1:1", '; a text needs quotes: uri = "tcp://127.0.0.1:1"'),
        ("memory = ~/x.json", '; a text needs quotes: memory = "~/x.json"'),
        ("log_level = debug", '; a text needs quotes: log_level = "debug"'),
        ("remote_wake = True", ""),
        ("follow_ups = three", ""),
        ("unknown = text", ""),
        ("name = [x]", ""),
    ],
)
def test_a_text_without_quotes_is_told_what_it_needs(tmp_path: Path, line: str, hint: str) -> None:
    said = refused(tmp_path, f"# mine\n{line}\n")
    assert said.partition(")")[0].startswith("satellite.toml is not TOML: Invalid value (at line 2, column ")
    assert said.partition(")")[2] == hint


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^the settings {tmp_path} cannot be read: Is a directory$"):
        settings_file.gather({}, tmp_path)
    with pytest.raises(SettingsError, match=r"^the settings /nowhere/x cannot be read: No such file or directory$"):
        settings_file.gather({}, Path("/nowhere/x"))
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"binary is not a text file in UTF-8$"):
        settings_file.gather({}, binary)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_users_file_that_may_not_be_read_is_not_passed_over(nowhere: Path) -> None:
    (nowhere / "user" / "athena").mkdir(parents=True)
    path = nowhere / "user" / "athena" / "satellite.toml"
    path.touch(mode=0)
    with pytest.raises(SettingsError, match="Permission denied"):
        settings_file.gather({}, None)


def test_the_example_sets_what_is_needed_and_shows_every_default(tmp_path: Path) -> None:
    example = settings_file.example()
    assert settings_file.gather({}, file(tmp_path, example)).settings == Settings(name="Living Room")
    shown = tomllib.loads(re.sub(r"^#(?=\w)", "", example, flags=re.MULTILINE))
    assert list(shown) == [option.key for option in OPTIONS]
    everything = settings_file.gather({}, file(tmp_path, re.sub(r"^#(?=\w)", "", example, flags=re.MULTILINE)))
    given = {option.field for option in OPTIONS if option.default is None}
    assert everything.settings == Settings(
        name="Living Room", **{field: getattr(everything.settings, field) for field in given - {"name"}}
    )


def test_what_is_printed_as_effective_is_a_settings_file(tmp_path: Path) -> None:
    first = settings_file.gather({"name": 'A "quoted" räum\\'}, file(tmp_path, ""))
    again = settings_file.gather({}, file(tmp_path, settings_file.effective(first)))
    assert again.settings == first.settings
