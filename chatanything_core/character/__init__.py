"""A character: what is asked for, and its persona, voice and face, made once."""
