"""What is to be done, and the action of Home Assistant that does it to one thing."""
