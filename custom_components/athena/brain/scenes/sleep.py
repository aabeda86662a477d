"""Somebody falls asleep: slowly dark, without a word (PRD §9, Sleep Scene)."""

from typing import Final

from ..scene import Look, Scene

SLEEP: Final = Scene(key="sleep", look=Look(brightness=0, fade=30.0), line="")
