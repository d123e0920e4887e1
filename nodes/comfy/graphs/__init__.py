"""What nodes add to a running graph: ComfyUI's own nodes."""
