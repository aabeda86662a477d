"""A home of three areas and a dozen things, as Home Assistant's athena/vocabulary gives it."""

from typing import Any


def _entity(domain: str, name: str, area: str | None, *aliases: str) -> dict[str, Any]:
    return {"name": name, "aliases": list(aliases), "domain": domain, "area": area}


def vocabulary() -> dict[str, Any]:
    """Return a fresh copy."""
    return {
        "version": 1,
        "language": "en",
        "areas": [
            {"name": "Living Room", "aliases": ["Lounge"]},
            {"name": "Kitchen", "aliases": []},
            {"name": "Bedroom", "aliases": []},
        ],
        "entities": [
            _entity("light", "Lamp", "Living Room"),
            _entity("light", "Ceiling Light", "Living Room"),
            _entity("cover", "Blinds", "Living Room"),
            _entity("switch", "Television", "Living Room"),
            _entity("light", "Kitchen Lights", "Kitchen"),
            _entity("switch", "Coffee Machine", "Kitchen"),
            _entity("lock", "Back Door", "Kitchen"),
            _entity("light", "Bedside Lamp", "Bedroom", "Arman's lamp"),
            _entity("fan", "Fan", "Bedroom"),
            _entity("cover", "Curtains", "Bedroom"),
            _entity("climate", "Heating", "Bedroom"),
            _entity("scene", "Movie Night", None),
        ],
        "sentences": ["focus mode", "night mode", "why did the lights come on"],
    }
