"""How the home engine hears: a speech model that may write anything, held against the sentences of one home.

An utterance is heard twice by the same model: freely, as whatever words are likeliest, and along the home's sentences.
How much likelier the free words are than the best sentence is the doubt that it was said. A home's command is heard
freely as itself, or as something hardly likelier; other words are likelier than every sentence of the home by far.
"""
