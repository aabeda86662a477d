"""Who may import whom. The brain's own direction, to nothing, is in brain.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

ATHENA: Final = "custom_components.athena"
PLATFORMS: Final = (
    "binary_sensor", "button", "config_flow", "conversation", "diagnostics", "event", "image", "scene", "sensor",
    "switch", "time",
)  # fmt: skip
PARTS: Final = (ATHENA, "athena_voice", "athena_satellite", "script.house")


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Nobody in `package` imports `target`, but for `unless`."""

    package: str
    target: str
    unless: tuple[str, ...] = ()
    because: str


DIRECTIONS_OF: Final = (
    *(
        Direction(
            package=ATHENA,
            target=f"{ATHENA}.{folder}",
            unless=(f"{ATHENA}.runtime", f"{ATHENA}.{folder}"),
            because=f"only the runtime imports {folder}",
        )
        for folder in ("sources", "outputs")
    ),
    *(
        Direction(package=ATHENA, target=f"{ATHENA}.{platform}", because="Home Assistant alone loads a platform")
        for platform in PLATFORMS
    ),
    *(
        Direction(package=f"{part}.wire", target=part, unless=(), because="the wire imports nothing of ours but errors")
        for part in ("athena_voice", "athena_satellite")
    ),
    *(
        Direction(package=part, target=other, because="the parts meet over the wire only")
        for part in (ATHENA, "athena_voice", "athena_satellite")
        for other in PARTS
        if other != part
    ),
)


def _within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def _directions(repository: Repository) -> Iterator[Violation]:
    for row in DIRECTIONS_OF:
        for module, path in repository.modules(row.package).items():
            if any(_within(module, allowed) for allowed in row.unless):
                continue
            for found in repository.imports(path):
                if _within(found.target, row.target) and not found.module.endswith(".errors"):
                    yield Violation(path=path, line=found.line, says=f"{row.because}: imports {found.target}")


def _relative(repository: Repository) -> Iterator[Violation]:
    for path in repository.modules(ATHENA).values():
        for found in repository.imports(path):
            if not found.relative and found.module.partition(".")[0] in {"custom_components", "athena"}:
                yield Violation(path=path, line=found.line, says=f"imports {found.target} by an absolute name")


def _graph(repository: Repository, part: str) -> dict[str, set[str]]:
    modules = repository.modules(part)
    return {
        module: {
            target
            for found in repository.imports(path)
            if (target := found.target if found.target in modules else found.module) in modules and target != module
        }
        for module, path in modules.items()
    }


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        if (module := waiting.pop()) not in reached:
            reached.add(module)
            waiting += graph[module]
    return reached


def _cycles(repository: Repository) -> Iterator[Violation]:
    for part in PARTS:
        graph = _graph(repository, part)
        modules = repository.modules(part)
        for module in graph:
            reached = _reachable(graph, module)
            if module in reached:
                ring = sorted(other for other in reached if module in _reachable(graph, other))
                yield Violation(path=modules[module], says=f"imports in a ring: {', '.join(ring)}")


DIRECTIONS: Final = Rule(
    name="imports point one way",
    check=_directions,
    plants=(
        plant("custom_components/athena/sensor.py", "from .sources.presence import PresenceSource\n"),
        plant("custom_components/athena/agent/planted.py", "from .. import outputs\n"),
        plant("custom_components/athena/sources/planted.py", "from ..outputs import ALL\n"),
        plant("custom_components/athena/runtime.py", "def f():\n    from .conversation import AthenaAgent\n"),
        plant("custom_components/athena/planted.py", "import athena_voice\n"),
        plant("satellite/athena_satellite/planted.py", "from athena_voice.wire import read_event\n"),
        plant("satellite/athena_satellite/wire.py", "from .turn import Turn\n"),
        plant("wyoming_servers/athena_voice/wire.py", "from athena_voice import cli\n"),
    ),
)
IMPORTS_ARE_RELATIVE: Final = Rule(
    name="the integration imports its own relatively",
    check=_relative,
    plants=(plant("custom_components/athena/planted.py", "from custom_components.athena.const import DOMAIN\n"),),
)
NO_CYCLES: Final = Rule(
    name="no import cycles",
    check=_cycles,
    plants=(
        plant("custom_components/athena/rooms.py", "from .runtime import Runtime\n"),
        plant(
            "satellite/athena_satellite/planted.py",
            "from .other import A\n",
            **{"satellite/athena_satellite/other.py": "from . import third\n"},
            **{"satellite/athena_satellite/third.py": "def f():\n    import athena_satellite.planted\n"},
        ),
    ),
)
