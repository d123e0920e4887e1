"""When each sound falls, and what the mouth does meanwhile."""
