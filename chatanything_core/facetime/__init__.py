"""Meet a character in a page: a small server, and the routes that any other server can mount."""
