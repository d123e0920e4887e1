"""The three styles in which the sketch painter paints."""
