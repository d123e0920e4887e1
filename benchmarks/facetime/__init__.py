"""The page, measured in a real browser."""
