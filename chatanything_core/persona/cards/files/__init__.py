"""Reading and writing files that hold a card."""
