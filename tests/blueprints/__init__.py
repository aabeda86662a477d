"""The blueprints, as Home Assistant loads them, sets them up and runs them."""
