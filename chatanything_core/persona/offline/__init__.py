"""The writer that needs no model: it parses a concept and writes from lexicons and a seed."""
