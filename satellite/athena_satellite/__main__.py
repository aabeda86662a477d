"""Run `python -m athena_satellite` as `athena-satellite`."""

from .cli import main

main()
