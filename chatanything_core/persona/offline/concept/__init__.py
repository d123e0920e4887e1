"""Read a concept: its words, its head noun, who it is, and what it has, wears and holds."""
