"""A small ear for `voice.command`: what `script/replay` and a room's rules hear in a sentence.

In Home Assistant the agent hears, in many more words, and tells the brain what was meant; here only the sentences of
the PRD and what is said like them are known. What is not known is None, never a guess.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from .scenes import ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class StillAwake:
    """Whoever lies there does not sleep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A scene is asked for."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """The lights of the room shall be on or off."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Something shall be on or off."""

    name: str
    """As people call it, `record_player`."""
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Quiet hours shall be on or off."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAlarm:
    """The alarm shall stop: which no word brings about (design §3.7)."""


type Spoken = StillAwake | Scene | Lights | Device | Quiet | StopAlarm

KEYS: Final = frozenset(scene.key for scene in ALL)

_BEFORE: Final = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|good (?:morning|evening|night)|athena|arvis|jarvis|please|"
    r"(?:can|could|would|will) you) )+"
)
_AFTER: Final = re.compile(r"(?: (?:athena|arvis|jarvis|please|now|again|thanks|thank you|for me|in here))+$")
_SHORT: Final = (("'m ", " am "), ("n't ", " not "))

_VERB: Final = r"(?:turn|switch|put|power)"
_THE: Final = r"(?:the |my |all |all the |that )?"
_MODE: Final = r"(?: mode| scene)"
_SET: Final = r"(?:set |start |activate |go (?:in)?to |switch to |turn on |enter |give me )?"

_AWAKE: Final = re.compile(
    r"(?:but )?(?:i am )?(?:(?:still|wide|just|actually|not yet) )*(?:awake|up)(?: still)?"
    r"|(?:i am |i was )?(?:(?:still|really|definitely) )*not (?:(?:yet|really|even) )*(?:asleep|sleeping)(?: yet)?"
    r"|i am (?:only |just )?reading"
    r"|(?:cancel|stop|end|disable|leave|turn off) (?:the )?sleep(?: mode| scene)?"
    r"|sleep mode off|(?:do not|no) sleep mode|i do not want to sleep(?: yet)?"
)
_ALARM: Final = re.compile(
    rf"(?:stop|end|cancel|dismiss|silence|snooze|disable|{_VERB} off|shut off|kill) {_THE}(?:alarms?|ringing|noise)"
    rf"|{_VERB} {_THE}alarms? off|alarms? off|snooze|stop|shut up|be quiet|five more minutes"
)
_QUIET: Final = re.compile(
    rf"(?:(?P<end>stop|end|cancel|disable|leave|turn off|no more) |{_SET})(?:the )?"
    r"(?:quiet|guest) (?:mode|hours?)(?: (?P<to>on|off))?"
)
_LIGHTS: Final = re.compile(
    rf"(?:{_VERB} (?P<a>on|off) {_THE}lights?|{_VERB} {_THE}lights? (?P<b>on|off)|{_THE}lights? (?P<c>on|off))"
    r"(?: in (?:the|this|my) (?:bed)?room)?"
)
_DEVICE: Final = re.compile(rf"{_VERB} (?:(?P<a>on|off) {_THE}(?P<x>.+)|{_THE}(?P<y>.+) (?P<b>on|off))")
_SCENE: Final = re.compile(
    rf"{_SET}(?:the )?(?P<key>[\w ]+?){_MODE}(?: on)?|set (?:the )?scene (?:to )?(?P<other>[\w ]+)"
)

_NO_DEVICE: Final = re.compile(
    r".*\b(?:alarms?|timers?|music|songs?|mode|scene|everything|it|this|that|them|and|or|not)\b.*|(?:\w+ ){4,}\w+"
)


def understand(text: str, scenes: Collection[str] = KEYS) -> Spoken | None:
    """Return what a sentence asks for; none for what has no command. `scenes` are the keys there are."""
    words = _words(text)
    for hear in (_awake, _alarm, _quiet, _lights, _scene(scenes), _device):
        if (spoken := hear(words)) is not None:
            return spoken
    return None


def _words(text: str) -> str:
    """Return the sentence in small letters, without punctuation, short forms, names and courtesies."""
    words = text.casefold().replace("’", "'").replace("no, ", " ")  # "no lights" is something else
    words = re.sub(r"[^\w']", " ", words) + " "
    for short, long in _SHORT:
        words = words.replace(short, long)
    words = " ".join(words.replace("'", "").split()) + " "
    if courtesies := _BEFORE.match(words):
        words = words[courtesies.end() :]
    return _AFTER.sub("", words.strip())


def _awake(words: str) -> StillAwake | None:
    return StillAwake() if _AWAKE.fullmatch(words) else None


def _alarm(words: str) -> StopAlarm | None:
    return StopAlarm() if _ALARM.fullmatch(words) else None


def _quiet(words: str) -> Quiet | None:
    if (heard := _QUIET.fullmatch(words)) is None:
        return None
    return Quiet(on=not heard["end"] and heard["to"] != "off")


def _lights(words: str) -> Lights | None:
    if (heard := _LIGHTS.fullmatch(words)) is None:
        return None
    return Lights(on="on" in heard.group("a", "b", "c"))


def _scene(scenes: Collection[str]) -> Callable[[str], Scene | None]:
    def hear(words: str) -> Scene | None:
        heard = _SCENE.fullmatch(words)
        key = "" if heard is None else (heard["key"] or heard["other"]).replace(" ", "_")
        return Scene(key=key) if key in scenes else None

    return hear


def _device(words: str) -> Device | None:
    if (heard := _DEVICE.fullmatch(words)) is None:
        return None
    name: str = heard["x"] or heard["y"]
    return None if _NO_DEVICE.fullmatch(name) else Device(name=name.replace(" ", "_"), on="on" in heard.group("a", "b"))
