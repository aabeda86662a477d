"""Forty homes with a device each to act on, and how people ask for it: a sample of each home, device type and action.

Each device is one entity, `device_actions.yaml` says which; the speaker stands in the device's area. Everything else in
the home is in some state, always the same.
"""

import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from homeassistant.util import slugify

from ..virtual.defaults import attributes_of
from ..virtual.effects import effect_of
from ..virtual.spec import AreaSpec, HomeSpec, Thing
from .cases import Case, CaseSet, Group, Turn
from .expected import Expected, More
from .sentence_values import Named, value_in

MAPPING: Final = Path(__file__).parents[1] / "device_actions.yaml"
SEED: Final = 5
EACH: Final = 2
"""So many sentences of each home, device type and action."""
FOREIGN: Final = frozenset(
    {
        *("enciende", "prende", "apaga", "para", "activa", "desactiva", "pon", "ajusta", "cambia", "cierra", "abre"),
        *("quiero", "sube", "baja", "bloquea", "desbloquea", "del", "la", "el", "las", "los", "allumer", "allume"),
        *("eteindre", "mets", "verrouillez", "aan", "uit"),
    }
)
"""Words of the data's other languages that stand in no English sentence."""
HOT: Final = 45
"""Degrees that are said in a home above this are Fahrenheit."""
IDLE: Final = {"media_player": ("idle",), "climate": ("heat", "off"), "lock": ("locked",), "cover": ("closed", "open")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device of the data, as a thing of a home."""

    thing: Thing
    type: str
    actions: tuple[tuple[str, tuple[str, ...]], ...]
    """What can be asked of it, and how."""
    area: str
    """Its area's name."""


def load(folder: Path) -> CaseSet:
    """Return the sample; `folder` holds a folder a home."""
    if not folder.is_dir():
        raise FileNotFoundError(2, "no such folder", str(folder))
    mapping = yaml.safe_load(MAPPING.read_text(encoding="utf-8"))
    left_out: Counter[str] = Counter()
    groups = [
        _Home(path.name, list(_devices(path, mapping)), mapping, left_out).group()
        for path in sorted(folder.iterdir())
        if path.is_dir()
    ]
    why = tuple(reason for reason, number in sorted(left_out.items()) for _ in range(number))
    return CaseSet(name="device_actions", groups=tuple(group for group in groups if group.cases), left_out=why)


def _devices(folder: Path, mapping: Mapping[str, Any]) -> Iterator[Device]:
    for path in sorted(folder.glob("*.yaml")):
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not said:
            continue  # one file of the data is empty
        device = said["device"]
        kind = mapping[device["device_type"]]
        id_ = f"{kind['entity']}.{slugify(device['area'])}_{slugify(device['name'])}"
        states = IDLE.get(kind["entity"], ("on", "off"))
        yield Device(
            thing=Thing(
                id=id_,
                name=device["name"],
                area=slugify(device["area"]),
                state=states[zlib.crc32(id_.encode()) % len(states)],
                attributes=kind.get("attributes", {}),
                device=slugify(f"{device['area']} {device['name']}"),
            ),
            type=device["device_type"],
            area=device["area"],
            actions=tuple(
                (each["action"], tuple(each.get("sentences") or ()))
                for each in (said.get("actions") or {}).get("actions") or ()
            ),
        )


class _Home:
    """One home of the data."""

    def __init__(self, name: str, devices: list[Device], mapping: Mapping[str, Any], left_out: Counter[str]) -> None:
        self._name = name
        self._devices = devices
        self._mapping = mapping
        self._left_out = left_out
        self._is_hot = any(
            (named := value_in(sentence, self._names(device))) is not None and (named.number or 0) > HOT
            for device in devices
            for action, sentences in device.actions
            if action == "Set temperature"
            for sentence in sentences
        )

    def group(self) -> Group:
        """Return it with the sentences that were drawn."""
        strata: dict[tuple[str, str], list[Case]] = defaultdict(list)
        for device in self._devices:
            for action, sentences in device.actions:
                strata[device.type, action] += self._cases(device, action, sentences)
        cases: list[Case] = []
        for (type_, action), found in sorted(strata.items()):
            draw = random.Random(f"{SEED} {self._name} {type_} {action}")  # noqa: S311
            cases += sorted(draw.sample(found, min(EACH, len(found))), key=found.index)
        areas = {slugify(device.area): AreaSpec(name=device.area) for device in self._devices}
        things = tuple(device.thing for device in self._devices)
        home = HomeSpec(name=self._name, areas=areas, things=things, fahrenheit=self._is_hot)
        return Group(home=home, cases=tuple(cases))

    def _cases(self, device: Device, action: str, sentences: Iterable[str]) -> Iterator[Case]:
        said = self._mapping[device.type]["actions"][action]
        for sentence in sentences:
            if self._is_foreign(sentence):
                self._left_out["not in English"] += 1
            elif "\\" in sentence:
                self._left_out["broken in the data"] += 1
            elif (expected := self._expected(device, said, sentence)) is not None:
                yield Case(
                    turns=(Turn(text=sentence, expected=expected),),
                    source=f"{self._name}/{device.thing.id}",
                    kind=f"{device.type}: {action}",
                    area=slugify(device.area),
                    states={device.thing.id: {"state": said["before"]}},
                )

    def _expected(self, device: Device, said: Mapping[str, Any], sentence: str) -> Expected | None:
        domain, _, name = said["action"].partition(".")
        told = {"state": said["before"], **attributes_of(device.thing, said["before"])}
        data: dict[str, Any] = dict(said.get("data", {}))
        if "value" not in said:
            return Expected(deeds=({device.thing.id: effect_of(domain, name, data, told)},))
        named = value_in(sentence, self._names(device), may_be_of_ten=said["value"] == "volume_level")
        if named is None:
            self._left_out["the sentence does not say clearly which value"] += 1
            return None
        if said["value"] == "temperature" and not self._is_plausible(sentence, named):
            self._left_out["the temperature is of another scale than the home's"] += 1
            return None
        return self._valued(device.thing.id, said, named, told)

    def _valued(self, entity: str, said: Mapping[str, Any], named: Named, told: Mapping[str, Any]) -> Expected:
        domain, _, name = said["action"].partition(".")
        key = {"brightness_pct": "brightness"}.get(said["value"], said["value"])
        if named.number is None:
            now = float(told[key])
            effect = {**({"state": "on"} if domain == "light" else {}), key: More(than=now, sign=named.sign)}
            return Expected(deeds=({entity: effect},))
        value = named.number / 100 if key == "volume_level" else named.number
        return Expected(deeds=({entity: effect_of(domain, name, {said["value"]: value}, told)},))

    def _is_foreign(self, sentence: str) -> bool:
        """Return whether it is not English; the names of things and areas may be in any language."""
        names = {word for device in self._devices for word in _words(f"{device.thing.name} {device.area}")}
        said = [word for word in _words(sentence) if word not in names]
        return any(word in FOREIGN or not word.isascii() for word in said)

    def _is_plausible(self, sentence: str, named: Named) -> bool:
        """Return whether the degrees are the home's: it has one scale, a sentence may name the other."""
        if named.number is None:
            return True
        is_hot = named.number > HOT
        return is_hot is self._is_hot and not (self._is_hot and "celsius" in sentence.casefold())

    def _names(self, device: Device) -> tuple[str, ...]:
        """Return what may be said of a device and hold a number that is no value."""
        return tuple({name for other in self._devices for name in (other.thing.name, other.area)} | {device.area})


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
