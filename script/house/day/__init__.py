"""A day in a minute: one house, from one evening to the next morning, with a clock that is put forward.

Home Assistant runs with a clock of its own (`clock.py`, `day_clock/`); its neighbours are emulators that speak what the
devices speak. `plot.py` says what somebody does and what has to come of it; what is told of the day was seen or heard.
"""
