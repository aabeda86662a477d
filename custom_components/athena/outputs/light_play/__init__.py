"""How scenes and animations are played on the lights there are: what each is told, and when."""
