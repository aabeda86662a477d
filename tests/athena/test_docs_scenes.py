"""What docs/scenes.md says is so."""

import json
import re

from custom_components.athena.agent.sentences import Home, load_sentences
from custom_components.athena.brain import scenes

from .copied import ROOT

PAGE = (ROOT / "docs/scenes.md").read_text("utf-8")


def test_the_page_has_a_row_for_every_scene() -> None:
    words = json.loads((ROOT / "custom_components/athena/translations/en.json").read_text("utf-8"))["entity"]["scene"]
    rows = re.findall(r"^\| (\w[\w ]*) \|", PAGE, re.MULTILINE)
    assert {words[scene.key]["name"] for scene in scenes.ALL} <= set(rows)


def test_what_the_page_lets_one_say_is_heard() -> None:
    said = re.findall(r"“(.*?)”", PAGE[PAGE.index("It is heard by its name") : PAGE.index("Athena's own, Focus")])
    home = Home(areas=[("Bedroom", "bedroom")], scenes=[("Movie", "movie")])
    assert len(said) == 3
    for text in (*said, "focus mode", "night mode", "sleep mode"):
        heard = load_sentences("en").recognize(text, home)
        assert heard is not None
        assert heard.intent.name == "AthenaSetScene"
        assert text not in said or heard.entities["scene"].value == "movie"
