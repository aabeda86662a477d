"""The settings file: TOML, checked key by key, with the command line above it and the defaults below."""

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .errors import SettingsError
from .settings import OPTIONS, Option, Settings

_OF_THE_SYSTEM: Final = Path("/etc/athena/satellite.toml")
_BY_KEY: Final = {option.key: option for option in OPTIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is set, and where each came from."""

    values: Mapping[str, Any]
    """By field, but for the defaults."""

    origins: Mapping[str, str]
    """By field: "default", a flag, or the file."""

    file: Path | None

    @property
    def settings(self) -> Settings:
        """The settings; raises SettingsError when one is needed and was given nowhere."""
        missing = [option for option in OPTIONS if option.needed and option.field not in self.values]
        if missing:
            wanted = missing[0]
            raise SettingsError(
                f"`{wanted.key}` is needed: give {wanted.flag} {wanted.kind.metavar}, "
                f"or write {wanted.key} = {shown(wanted.example)} in {self.file or user_file()}"
            )
        return Settings(**self.values)


def gather(flags: dict[str, Any], path: Path | None) -> Gathered:
    """Return what is set: a flag (by field) before the file's value before the default.

    Without a path the user's own file is read, else the system's, else none. Raises SettingsError.
    """
    path, values = _first() if path is None else (path, _read(path))
    origins = {option.field: "default" for option in OPTIONS}
    origins |= dict.fromkeys(values, str(path))
    origins |= {option.field: option.flag for option in OPTIONS if option.field in flags}
    return Gathered(values=values | flags, origins=origins, file=path)


def places() -> tuple[Path, Path]:
    """Return where settings are looked for, in order."""
    return user_file(), _OF_THE_SYSTEM


def user_file() -> Path:
    """Return where a user's own settings are looked for."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "athena" / "satellite.toml"


def effective(gathered: Gathered) -> str:
    """Return the settings as a settings file, with where each came from."""
    lines = [f"# read: {gathered.file or 'no file'}"]
    for option in OPTIONS:
        value = gathered.values.get(option.field, option.default)
        line = f"# {option.key} is not set" if value is None else f"{option.key} = {shown(value)}"
        lines.append(
            f"{line}; needed" if value is None and option.needed else f"{line}  # {gathered.origins[option.field]}"
        )
    return "\n".join(lines) + "\n"


def example() -> str:
    """Return a settings file that sets only what is needed and shows the rest."""
    lines = [
        f"# The settings of an Athena satellite: {user_file()} or {_OF_THE_SYSTEM},",
        "# or any file given with --settings. Take the # away from a line to change what it says.",
    ]
    for option in OPTIONS:
        lines += ["", f"# {option.says}", f"{'' if option.needed else '#'}{option.key} = {shown(option.example)}"]
    return "\n".join(lines) + "\n"


def shown(value: object) -> str:
    """Return a value as TOML has it."""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    return "a table" if isinstance(value, dict) else json.dumps(str(value), ensure_ascii=False)


def _first() -> tuple[Path | None, dict[str, Any]]:
    for path in places():
        if os.path.lexists(path):
            return path, _read(path)
    return None, {}


def _read(path: Path) -> dict[str, Any]:
    """Return what a file sets, by field; raise SettingsError with everything that is wrong with it."""
    try:
        text = path.read_bytes().decode()
        table = tomllib.loads(text)
    except OSError as err:
        raise SettingsError(f"the settings {path} cannot be read: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise SettingsError(f"{path} is not a text file in UTF-8") from err
    except tomllib.TOMLDecodeError as err:
        raise SettingsError(f"{path} is not TOML: {err}{_quotes(text, str(err))}") from err
    wrong = [f"{path}{_line(text, key)}: {problem}" for key, problem in _problems(table)]
    if wrong:
        raise SettingsError("\n".join(wrong))
    return {_BY_KEY[key].field: _BY_KEY[key].kind.accept(value) for key, value in table.items()}


def _quotes(text: str, error: str) -> str:
    """Return what to write where a text without quotes is why a file is not TOML, else nothing."""
    found = re.match(r"Invalid value \(at line (\d+),", error)
    key, _, value = text.split("\n")[int(found[1]) - 1].partition("=") if found else ("", "", "")
    option = _BY_KEY.get(key.strip())
    word = value.partition(" #")[0].strip().strip("“”‘’„")
    if option is None or not option.kind.is_text or re.match(r"""[^\W\d]|[~/]""", word) is None:
        return ""
    return f"; a text needs quotes: {option.key} = {shown(word)}"


def _problems(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        option = _BY_KEY.get(key)
        if option is None:
            yield key, f"unknown key `{key}`; {_nearest(key)}"
        elif not _accepts(option, value):
            yield key, f"`{key}` is {shown(value)}, which is not {option.kind.takes}"


def _accepts(option: Option, value: object) -> bool:
    try:
        option.kind.accept(value)
    except ValueError:
        return False
    return True


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key.casefold(), _BY_KEY, n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else f"there is {', '.join(_BY_KEY)}"


def _line(text: str, key: str) -> str:
    """Return which line a key stands in; tomllib does not tell."""
    found = re.search(rf"""^[ \t]*\[*[ \t]*["']?{re.escape(key)}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return "" if found is None else f", line {text.count('\n', 0, found.start()) + 1}"
