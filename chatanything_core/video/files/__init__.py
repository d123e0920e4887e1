"""Video files that are there already: read, saved in other formats, put together."""
