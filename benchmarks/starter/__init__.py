"""What the trained model is held to, beyond the table of faces in `benchmarks.faces.starter`."""
