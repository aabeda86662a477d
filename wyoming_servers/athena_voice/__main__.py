"""`python -m athena_voice` is the command `athena-voice`."""

from .cli import main

main()
