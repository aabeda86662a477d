"""Run `python -m script.room.bench` as `script/bench room`."""

from ..alone import brain_alone

brain_alone()

from .cli import main  # noqa: E402  it imports the brain

main()
