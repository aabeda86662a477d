"""What happens in a turn. Pure, without a clock: facts come in (`events`), orders go out (`commands`)."""
