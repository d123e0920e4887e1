"""Make or read one sample, and measure it."""
