"""A character and its talk as files that can be taken away."""
