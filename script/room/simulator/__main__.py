"""Run `python -m script.room.simulator NUMBER` to see one night."""

from ..alone import brain_alone

brain_alone()

from .show import main  # noqa: E402  it imports the brain

main()
