"""The rules of a room: pure, synchronous, without a clock.

Facts go in (events), orders come out (commands); time enters as `event.at`, and waiting is an order that comes back
as a fact.
"""
