"""The unit that starts a server with the machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from athena_voice.cli import OPTIONS

UNIT = Path(__file__).parents[1] / "athena-voice@.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("server", OPTIONS)
def test_systemd_has_nothing_to_say_of_the_unit(tmp_path: Path, server: str) -> None:
    command = tmp_path / "athena-voice" / "bin" / "athena-voice"
    command.parent.mkdir(parents=True)
    command.symlink_to("/bin/true")
    unit = tmp_path / f"athena-voice@{server}.service"
    shutil.copy(UNIT, unit)
    verified = subprocess.run(
        ["systemd-analyze", "--user", "verify", unit],
        env=os.environ | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_the_unit_of_a_server_reads_the_options_that_the_readme_writes() -> None:
    readme = (UNIT.parent / "README.md").read_text("utf-8")
    unit = UNIT.read_text("utf-8")
    (file,) = re.findall(r"^EnvironmentFile=-%h/(\S+)$", unit, re.MULTILINE)
    (variable,) = re.findall(r"^ExecStart=\S+ %i \$(\w+)$", unit, re.MULTILINE)
    assert f"~/{file.replace('%i', 'stt')}" in readme
    assert f'"{variable}=--' in readme
