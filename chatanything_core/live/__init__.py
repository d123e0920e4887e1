"""Talk with a character live: a message in, events out, one spoken sentence after the other."""
