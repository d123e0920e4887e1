"""A character: what is wanted of it, and its persona, voice and face, made once."""
