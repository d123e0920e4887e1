"""What the nodes share: sockets, widgets, tensors, progress and ComfyUI's own services."""
