"""What is alive in a house beside the rules of its rooms: the capabilities, and what each works at."""
