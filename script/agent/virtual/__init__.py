"""Virtual devices in a real Home Assistant: real registries, states and actions, and a log of what is done."""

import custom_components  # noqa: F401  first, or the test plugin's own custom_components would win
