"""One front end for every engine: what is shown of a text, and what is said of it."""
