"""The README says what is so."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
LINKS = sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README)))
COMMANDS = sorted(set(re.findall(r"^(script/\w+)|`(script/\w+)", README, re.MULTILINE)))


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("command", sorted({one or other for one, other in COMMANDS}))
def test_every_command_can_be_run(command: str) -> None:
    path = ROOT / command
    assert path.is_dir() or path.stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("programme", "words"),
    [
        ([".venv/bin/python", "-m", "script.house", "--help"], "script/demo"),
        (["wyoming_servers/.venv/bin/athena-voice", "stt", "--help"], "athena-voice stt"),
        (["satellite/.venv/bin/athena-satellite", "run", "--help"], "athena-satellite run"),
    ],
)
def test_every_option_exists(programme: list[str], words: str) -> None:
    options = {
        option for line in re.findall(rf"{words}[^`\n|]*", README) for option in re.findall(r"(?<=\s)--[a-z-]+", line)
    }
    assert options
    told = subprocess.run(programme, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert options <= set(re.findall(r"--[a-z-]+", told))


@pytest.mark.parametrize(
    ("project", "package", "programmes"),
    [
        ("satellite", "athena_satellite", ["athena-satellite run"]),
        ("wyoming_servers", "athena_voice", ["athena-voice wake", "athena-voice stt", "athena-voice tts"]),
    ],
)
def test_a_projects_readme_names_each_programme_and_only_files_that_exist(
    project: str, package: str, programmes: list[str]
) -> None:
    readme = (ROOT / project / "README.md").read_text("utf-8")
    for programme in programmes:
        assert re.search(rf"^{programme}\b", readme, re.MULTILINE)
    files = re.findall(r"`([\w/]+(?:\.py|\.yaml|/))`", readme)
    assert files
    for file in files:
        found = list((ROOT / project / package).rglob(file)) or list((ROOT / project).glob(file))
        assert found, f"{file} is not there"


def test_the_measured_turn_is_there() -> None:
    steps = ["wake", "end of speech", "transcript", "intent", "deed", "first audio", "total"]
    rows = re.findall(rf"^  ({'|'.join(steps)}) +([\d ]+?)  ", README, re.MULTILINE)
    assert [step for step, _ in rows] == steps
