"""Run `python -m script.room.replay` as `script/replay`."""

from ..alone import brain_alone

brain_alone()

from .cli import main  # noqa: E402  it imports the brain

main()
