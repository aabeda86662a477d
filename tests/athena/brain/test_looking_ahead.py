"""What a room says of what is to come: `athena.explain` tells it, and blueprints wait for it."""

from datetime import timedelta

from custom_components.athena.brain.events import SceneActivated

from .life import Life


def test_when_a_room_will_be_empty_can_be_asked_and_not_while_somebody_is_seen() -> None:
    life = Life()
    assert life.room.empty_at(life.now) is None
    life.seen(held=True)
    assert life.room.empty_at(life.now) is None
    life.cleared()
    assert life.room.empty_at(life.now) == life.now + timedelta(minutes=10)


def test_until_when_a_choice_holds_can_be_asked() -> None:
    life = Life()
    life.seen()
    assert life.room.held_until(life.now) is None
    life.tell(SceneActivated, "agent", scene="focus")
    chosen = life.now
    assert life.room.held_until(chosen) == chosen + timedelta(hours=2)
    assert life.room.held_until(chosen + timedelta(hours=2)) is None
