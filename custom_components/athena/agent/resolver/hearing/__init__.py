"""What was heard, before it is understood: spelled otherwise, misheard, with asides, or passed over by others."""
