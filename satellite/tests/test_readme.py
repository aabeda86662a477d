"""The README and the service say what is so."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from athena_satellite import cli, settings_file
from athena_satellite.settings import OPTIONS, Option
from athena_satellite.settings_file import shown

PROJECT: Final = Path(__file__).parents[1]
SERVICE: Final = PROJECT / "athena-satellite.service"


def row(option: Option) -> str:
    unless = "needed" if option.needed else "-" if option.default is None else f"`{shown(option.default)}`"
    return f"| `{option.key}` | {unless} | {option.says} |"


def test_the_readme_lists_every_setting_as_it_is_described() -> None:
    lines = (PROJECT / "README.md").read_text("utf-8").splitlines()
    begin = lines.index("| setting | unless set | what it is |") + 2
    rows = lines[begin : lines.index("", begin)]
    assert rows == [row(option) for option in OPTIONS], "\n".join(["it should say:", *map(row, OPTIONS)])


def shell(beginning: str) -> str:
    """Return the README's commands that begin so."""
    blocks = (PROJECT / "README.md").read_text("utf-8").split("```")[1::2]
    return next(block for block in blocks if block.lstrip().startswith(beginning))


def test_the_readmes_way_to_a_settings_file_works_in_a_new_home(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {key: value for key, value in os.environ.items() if key != "XDG_CONFIG_HOME"}
    environment |= {"HOME": str(tmp_path), "PATH": path}
    subprocess.run(["sh", "-ec", shell("mkdir")], env=environment, check=True, timeout=60)
    assert settings_file.gather({}, tmp_path / ".config/athena/satellite.toml").settings.name == "Living Room"


def test_the_readmes_service_is_installed_from_the_clones_root_and_is_no_programme(tmp_path: Path) -> None:
    install = shell("install").strip().splitlines()[0]
    environment = os.environ | {"HOME": str(tmp_path)}
    subprocess.run(["sh", "-ec", install], cwd=PROJECT.parent, env=environment, check=True, timeout=60)
    unit = tmp_path / ".config/systemd/user" / SERVICE.name
    assert (unit.read_bytes(), unit.stat().st_mode & 0o777) == (SERVICE.read_bytes(), 0o644)


def test_the_readme_tells_where_each_file_belongs() -> None:
    text = (PROJECT / "README.md").read_text("utf-8")
    package = [path for path in (PROJECT / "athena_satellite").iterdir() if not path.name.startswith("_")]
    names = {f"{path.name}/" if path.is_dir() else path.name for path in package}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_the_service_starts_what_there_is_and_never_gives_up() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(SERVICE.read_text("utf-8"))
    programme, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert Path(programme).name == "athena-satellite"
    assert cli._parser().parse_args(arguments).command is cli._run
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


def test_systemd_takes_the_service(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    unit = tmp_path / SERVICE.name
    unit.write_text(SERVICE.read_text("utf-8").replace("%h/athena-satellite/bin/athena-satellite", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", unit],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    if "Failed to initialize manager" in done.stderr:
        pytest.skip("systemd-analyze does not work here")
    assert (done.returncode, done.stderr) == (0, "")
