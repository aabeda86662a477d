"""`python -m athena_voice`."""

from athena_voice.cli import main

main()
