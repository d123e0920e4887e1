"""Two characters of the user's talk with each other in the page."""
