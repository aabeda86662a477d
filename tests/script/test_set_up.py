"""The scripts that make the environments: what they say, and that they leave alone what is there."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "script" / command[0], *command[1:]],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_bootstrap_is_silent_where_all_is_there() -> None:
    assert _run("bootstrap").returncode == 0
    done = _run("bootstrap")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_unknown_release_gets_the_ones_there_are() -> None:
    done = _run("bootstrap", "ha", "2025.1.0")
    assert done.returncode == 1
    assert done.stderr == "bootstrap: no Home Assistant 2025.1.0 here; there are: 2026.10.4 2026.11.0\n"


@pytest.mark.parametrize("arguments", [("kitchen",), ("ha",)])
def test_bootstrap_says_how_it_is_used(arguments: tuple[str, ...]) -> None:
    done = _run("bootstrap", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: script/bootstrap ")


@pytest.mark.parametrize("version", ["", "3.12", "4"])
def test_python_takes_two_versions(version: str) -> None:
    done = _run("python", version)
    assert (done.returncode, done.stderr) == (2, "usage: script/python 3.13|3.14\n")


def _programs(folder: Path, *names: str) -> str:
    """Return a PATH of these programs alone."""
    folder.mkdir()
    for name in names:
        for directory in os.get_exec_path():
            if (program := Path(directory, name)).is_file():
                (folder / name).symlink_to(program)
                break
    return str(folder)


def test_a_machine_with_nothing_is_told_what_to_install(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", "bash", "dirname", "env", "awk", "sed")
    done = _run("python", "3.14", PATH=path, HOME=str(tmp_path), PYENV_ROOT=str(tmp_path), XDG_DATA_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "python: Install Python 3.14.2 or a later 3.14" in done.stderr.splitlines()[-1]


def test_an_interpreter_that_is_too_old_or_broken_is_passed_over(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", "bash", "dirname", "env", "awk", "sed")
    for name, text in (("python3.14", "exit 1"), ("python3", f'exec "{ROOT}/satellite/.venv/bin/python" "$@"')):
        (tmp_path / "bin" / name).write_text(f"#!/usr/bin/env bash\n{text}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    home = {"HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    assert _run("python", "3.14", PATH=path, **home).returncode == 1
    found = _run("python", "3.13", PATH=path, **home)
    assert found.returncode == 0
    assert Path(found.stdout.strip()).resolve() == (ROOT / "satellite/.venv/bin/python").resolve()


def test_debian_python_knows_two_versions() -> None:
    done = _run("debian-python", "3.12")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "debian-python: there is no recipe for Python 3.12, only for 3.13 and 3.14\n"


def test_debian_python_says_where_it_cannot_help(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", "bash", "env")
    done = _run("debian-python", "3.14", str(tmp_path / "prefix"), PATH=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "debian-python: this machine has no apt-get: it is not a Debian\n"


def test_debian_packages_says_how_it_is_used(tmp_path: Path) -> None:
    done = _run("debian-packages", "trixie", str(tmp_path / "tree"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "usage: script/debian-packages RELEASE FOLDER PACKAGE ...\n"


@pytest.mark.parametrize(
    ("command", "lacking"),
    [(("debian-packages", "trixie", "tree", "flite"), "apt-get"), (("voices", "prefix"), "flock")],
)
def test_what_needs_debian_says_where_it_cannot_help(tmp_path: Path, command: tuple[str, ...], lacking: str) -> None:
    path = _programs(tmp_path / "bin", "bash", "env", "dirname")
    done = _run(*command, PATH=path, HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{command[0]}: this machine has no {lacking}: it is not a Debian\n"


def test_test_names_the_project_that_failed(tmp_path: Path) -> None:
    done = _run("test", "tests/architecture/nowhere.py", "-q")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("FAILED   integration")
