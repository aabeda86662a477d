"""Who may do what to Home Assistant, and to the brain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..repository import Reference, Repository
from ..rule import Rule, Violation, plant
from .directions import ATHENA

TIMERS: Final = {
    "async_call_at", "async_call_later", "async_track_point_in_time", "async_track_point_in_utc_time",
    "async_track_sunrise", "async_track_sunset", "async_track_time_change", "async_track_time_interval",
    "async_track_utc_time_change", "call_at", "call_later",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What only the modules under `who` do."""

    what: str
    who: str
    deeds: frozenset[str] = frozenset()
    """Names that are the deed, whatever they are taken from."""
    prefix: str = "\0"
    """How such names begin."""
    endings: tuple[str, ...] = ()
    """How such a dotted use ends, where the name alone says too little."""
    unless: frozenset[str] = frozenset()
    """Modules that may as well."""

    def is_done_by(self, use: Reference) -> bool:
        """Tell whether a use of a name is this deed."""
        if use.name in self.deeds or use.dotted.endswith(self.endings):
            return True
        return use.name.startswith(self.prefix) and use.name not in TIMERS


ROLES_OF: Final = (
    Role(
        what="subscribes to Home Assistant",
        who=f"{ATHENA}.sources",
        prefix="async_track_",
        endings=("bus.async_listen", "bus.async_listen_once"),
        # to what the user changes in the home, which is no fact, and to what has come of an own deed
        unless=frozenset({ATHENA, f"{ATHENA}.agent.snapshot", f"{ATHENA}.renames", f"{ATHENA}.outputs.deeds.watch"}),
    ),
    Role(what="calls services", who=f"{ATHENA}.outputs", deeds=frozenset({"async_call"})),
    Role(what="calls the brain", who=f"{ATHENA}.runtime", deeds=frozenset({"handle"})),
    # a capability waits at its desk, and nowhere else
    Role(
        what="starts timers",
        who=f"{ATHENA}.runtime",
        deeds=frozenset(TIMERS),
        unless=frozenset({f"{ATHENA}.companion.desk"}),
    ),
)


def _check(repository: Repository) -> Iterator[Violation]:
    for module, path in repository.modules(ATHENA).items():
        if module.startswith(f"{ATHENA}.brain"):
            continue  # calls its own rooms; it has no Home Assistant
        for role in ROLES_OF:
            if module not in role.unless and not f"{module}.".startswith(f"{role.who}."):
                for use in repository.references(path):
                    if role.is_done_by(use):
                        yield Violation(path=path, line=use.line, says=f"only {role.who} {role.what}: {use.dotted}")


ROLES: Final = Rule(
    name="everyone keeps to their part",
    check=_check,
    plants=(
        plant("custom_components/athena/sensor.py", "def f(hass):\n    async_track_state_change_event(hass, [], f)\n"),
        plant("custom_components/athena/runtime.py", "def f(hass):\n    hass.bus.async_listen('x', f)\n"),
        plant("custom_components/athena/outputs/planted.py", "def f(event):\n    event.async_track_template()\n"),
        plant("custom_components/athena/agent/planted.py", "def f(s):\n    partial(s.services.async_call, 'light')\n"),
        plant("custom_components/athena/sources/planted.py", "def f(house):\n    house.handle(1)\n"),
        plant("custom_components/athena/entity.py", "def f(hass):\n    async_call_later(hass, 1, f)\n"),
        plant("custom_components/athena/sources/planted.py", "def f(hass):\n    async_track_time_interval(hass, f)\n"),
    ),
)
