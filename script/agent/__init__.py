"""What measures the agent: homes of virtual devices, sets of sentences, and the bench that says them."""
