"""Our own model of a face: its anatomy, its emotions, and where it stands."""
