"""What Athena says most often, made ready before it is asked for."""

from typing import Final

PHRASES: Final = (
    "Understood.",
    "I didn't catch that.",
    "Lights on.",
    "Lights off.",
    "I can't do that.",
    "Something went wrong.",
    "Welcome back.",
    "Goodbye.",
    "Good morning.",
    "Good night.",
    "Focus mode.",
    "Night mode.",
    "I'm offline.",
    "I'm back online.",
    "Say which room.",
    "That wasn't me.",
    "Blinds open.",
    "Blinds closed.",
    "Door locked.",
    "Door unlocked.",
)
"""The fixed lines of the persona, the likeliest first; the integration's `brain/phrases.py` says them."""
