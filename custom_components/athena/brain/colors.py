"""The colours of the persona."""

type Rgb = tuple[int, int, int]

GOLD: Rgb = (0xFF, 0xD7, 0x00)  # PRD §9
AMBER: Rgb = (0xFF, 0xC1, 0x07)  # PRD §9
CREAM: Rgb = (0xFF, 0xEC, 0xB3)  # PRD §9

EMBER: Rgb = (0xFF, 0x1E, 0x00)
"""The deep red of the first light."""
ORANGE: Rgb = (0xFF, 0x6A, 0x00)
DAYBREAK: Rgb = (0xFF, 0xB4, 0x6B)
"""What 3000 K look like as a colour."""

SUNLIGHT = 3000
"""Kelvin: warm white."""
COOL = 5500
"""Kelvin: cool white."""
