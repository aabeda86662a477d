"""The sentences of a home."""

import pytest

from athena_voice.errors import VocabularyError
from athena_voice.stt.sentences import expand, spelling
from athena_voice.stt.vocabulary import Area, Entity, Floor, Vocabulary, parse

from .home import vocabulary


def texts(**home: tuple[object, ...]) -> set[str]:
    return {sentence.said for sentence in expand(Vocabulary(language="en", **home))}  # type: ignore[arg-type]


def test_a_home_has_a_few_thousand_sentences_each_once() -> None:
    sentences = expand(parse(vocabulary()))
    assert 3000 < len(sentences) < 4500
    assert sum("alarm" in sentence.said or "wake me" in sentence.said for sentence in sentences) < 2500
    assert len({sentence.said for sentence in sentences}) == len(sentences)


def test_a_thing_is_named_with_and_without_its_area() -> None:
    found = texts(
        areas=(Area(name="Living Room", aliases=("Lounge",)),),
        entities=(Entity(name="Lamp", domain="light", area="Living Room"),),
    )
    assert {
        "turn on the lamp",
        "turn on the living room lamp",
        "turn on the lounge lamp",
        "turn off the lamp in the living room",
        "turn off the living room lights",
        "turn off the lights",
        "set the lamp to 50 percent",
        "never mind",
    } <= found


def test_a_name_that_holds_its_area_does_not_get_it_twice() -> None:
    found = texts(
        areas=(Area(name="Kitchen"),), entities=(Entity(name="Kitchen Lights", domain="light", area="Kitchen"),)
    )
    assert "turn on the kitchen lights" in found
    assert not [text for text in found if text.count("kitchen") > 1]


@pytest.mark.parametrize(
    ("domain", "sentence"),
    [
        ("switch", "turn off the thing"),
        ("fan", "turn the thing on"),
        ("cover", "close the thing"),
        ("lock", "is the thing locked"),
        ("scene", "activate the thing"),
        ("script", "run the thing"),
        ("climate", "what is the temperature"),
        ("vacuum", "return the thing to base"),
        ("valve", "open the thing"),
        ("media_player", "switch on the thing"),
        ("input_boolean", "turn on the thing"),
    ],
)
def test_each_domain_has_its_shapes(domain: str, sentence: str) -> None:
    assert sentence in texts(entities=(Entity(name="Thing", domain=domain),))


def test_a_domain_without_shapes_adds_nothing() -> None:
    assert texts(entities=(Entity(name="Thing", domain="sensor"),)) == texts()


def test_a_possessive_name_has_no_article() -> None:
    assert "turn on arman's lamp" in texts(entities=(Entity(name="Arman’s Lamp", domain="light"),)) | texts(
        entities=(Entity(name="Arman's Lamp", domain="light"),)
    )


def test_an_alias_that_another_thing_has_is_not_taken_for_either() -> None:
    found = expand(
        Vocabulary(
            language="en",
            areas=(Area(name="Kitchen"), Area(name="Bedroom")),
            entities=(
                Entity(name="Sconce", domain="light", area="Kitchen", aliases=("Lamp",)),
                Entity(name="Lamp", domain="light", area="Bedroom"),
            ),
        )
    )
    assert {sentence.text for sentence in found if sentence.said == "set the kitchen lamp to 50 percent"} == {
        "set the kitchen lamp to 50 percent"
    }


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("set an alarm for 7 am", "set an alarm for 7 am"),
        ("set an alarm for 7 :30 am on weekdays", "set an alarm for 7 30 am on weekdays"),
        ("wake me up at 6 :05", "wake me up at 6 05"),
        ("wake me up at half past 6 tomorrow", "wake me up at half past 6 tomorrow"),
        ("set an alarm for 8 every day", "set an alarm for 8 every day"),
        ("set an alarm for 9 on saturday", "set an alarm for 9 on saturday"),
        ("set an alarm for 10 :45 pm", "set an alarm for 10 45 pm"),
        ("wake me up at 7 o'clock", "wake me up at 7 o'clock"),
        ("skip tomorrow's alarm", "skip tomorrow's alarm"),
        ("don't skip tomorrow's alarm", "don't skip tomorrow's alarm"),
        ("skip the 7 am alarm", "skip the 7 am alarm"),
        ("cancel the 6 :30 alarm", "cancel the 6 30 alarm"),
    ],
)
def test_alarms_can_be_spoken_of_in_every_home(said: str, text: str) -> None:
    found = {sentence.said: sentence.text for sentence in expand(Vocabulary(language="en"))}
    assert found[said] == text


@pytest.mark.parametrize(
    "said",
    [
        *("yes", "no", "never mind", "both", "the second one", "the kitchen one", "in the kitchen", "the lamp"),
        *("undo that", "turn them off", "and the fan", "and in the kitchen", "what about the lamp room"),
        *("turn off everything but the lamp", "open all the blinds", "turn off everything in the kitchen"),
        *("a bit brighter", "make it warmer", "make the lamp a bit darker", "open the shade halfway", "dim the lamp"),
        *("is any window open", "which lights are on", "is anyone home", "what's playing", "lock the door"),
        "what's the temperature in the lamp room",
    ],
)
def test_what_needs_no_name_or_less_than_one_is_said_in_a_home_that_has_such_things(said: str) -> None:
    things = (("Lamp", "light"), ("Fan", "fan"), ("Shade", "cover"), ("Door", "lock"), ("Sonos", "media_player"))
    more = (("Heating", "climate"), ("Arman", "person"), ("Outdoors", "sensor"))
    found = texts(
        areas=(Area(name="Kitchen"), Area(name="Lamp Room")),
        entities=(
            *(Entity(name=name, domain=domain, area="Kitchen") for name, domain in (*things, *more)),
            Entity(name="Thermometer", domain="sensor", area="Lamp Room"),
        ),
    )
    assert said in found


def test_a_home_without_such_things_is_not_asked_for_them() -> None:
    found = texts(entities=(Entity(name="Lamp", domain="light"),))
    assert not {text for text in found if "blinds" in text or "window" in text or "warmer" in text or "door" in text}


def test_floors_are_spoken_of_as_they_are_called() -> None:
    found = texts(
        floors=(Floor(name="Ground Floor", aliases=("Upstairs",)), Floor(name="Basement")),
        areas=(Area(name="Kitchen", floor="Ground Floor"), Area(name="Cellar", floor="Basement")),
        entities=(
            Entity(name="Lamp", domain="light", area="Kitchen"),
            Entity(name="Heating", domain="climate", area="Cellar"),
        ),
    )
    assert {
        "turn off the lights on the ground floor",
        "turn on the ground floor lights",
        "turn off everything upstairs",
        "which lights are on downstairs",
        "and in the basement",
        "how warm is it in the basement",
    } <= found
    assert not {text for text in found if "lights" in text and "basement" in text}, "there are none"


def test_one_floor_alone_is_neither_up_nor_down() -> None:
    found = texts(
        floors=(Floor(name="Ground Floor"),),
        areas=(Area(name="Kitchen", floor="Ground Floor"),),
        entities=(Entity(name="Lamp", domain="light", area="Kitchen"),),
    )
    assert "turn on the lights on the ground floor" in found
    assert not {text for text in found if "upstairs" in text or "downstairs" in text}


def test_a_pin_is_said_only_where_one_may_be_asked_for() -> None:
    def of(domain: str) -> object:
        return spelling(Vocabulary(language="en", entities=(Entity(name="Thing", domain=domain),)))

    assert of("lock")
    assert of("alarm_control_panel")
    assert of("light") is None


def test_a_home_of_hundreds_of_things_has_thousands_of_sentences_and_not_millions() -> None:
    domains = (
        "light",
        "switch",
        "cover",
        "fan",
        "media_player",
        "climate",
        "lock",
        "binary_sensor",
        "sensor",
        "person",
    )
    rooms = [f"Room {number}" for number in range(30)]
    things = [
        Entity(name=f"Thing {number}", domain=domains[number % len(domains)], area=rooms[number % len(rooms)])
        for number in range(450)
    ]
    floors = tuple(Floor(name=f"Floor {number}") for number in range(4))
    areas = tuple(Area(name=room, floor=floors[number % 4].name) for number, room in enumerate(rooms))
    assert 10_000 < len(texts(floors=floors, areas=areas, entities=tuple(things))) < 40_000


def test_names_are_not_templates() -> None:
    assert "turn on the lamp (old) [x] {y}" in texts(entities=(Entity(name="Lamp (old) [x] {y}", domain="light"),))


def test_a_thing_is_asked_for_with_its_area_where_home_assistant_knows_only_its_name() -> None:
    found = expand(
        Vocabulary(
            language="en",
            areas=(Area(name="Living Room"),),
            entities=(Entity(name="Lamp", domain="light", area="Living Room"),),
        )
    )
    assert {sentence.text for sentence in found if sentence.said == "set the living room lamp to 50 percent"} == {
        "set the lamp to 50 percent"
    }


def test_two_things_of_one_name_are_never_taken_for_each_other() -> None:
    rooms = ("Kitchen", "Bedroom")
    found = expand(
        Vocabulary(
            language="en",
            areas=tuple(Area(name=room) for room in rooms),
            entities=tuple(Entity(name="Lamp", domain="light", area=room) for room in rooms),
        )
    )
    assert {sentence.text for sentence in found if sentence.said == "set the kitchen lamp to 50 percent"} == {
        "set the kitchen lamp to 50 percent"
    }


def test_a_language_without_shapes_is_refused() -> None:
    with pytest.raises(VocabularyError, match="'tlh'"):
        expand(Vocabulary(language="tlh"))
    assert expand(Vocabulary(language="en-GB"))


@pytest.mark.parametrize(
    "result",
    [
        None,
        [],
        {},
        {"version": "1", "language": "en"},
        {"version": 1},
        {"version": 1, "language": "en", "areas": {}},
        {"version": 1, "language": "en", "areas": [{"name": 1}]},
        {"version": 1, "language": "en", "areas": [{"name": "Den", "floor": 1}]},
        {"version": 1, "language": "en", "floors": ["Ground Floor"]},
        {"version": 1, "language": "en", "entities": ["Lamp"]},
        {"version": 1, "language": "en", "entities": [{"name": "Lamp", "domain": "light", "area": 3}]},
        {"version": 1, "language": "en", "sentences": [1]},
    ],
)
def test_a_malformed_vocabulary_is_refused(result: object) -> None:
    with pytest.raises(VocabularyError):
        parse(result)
