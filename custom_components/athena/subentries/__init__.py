"""What a user adds to the hub, one file a kind."""
