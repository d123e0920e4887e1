"""From outlines to lit surfaces: masks, relief, materials, light and paint."""
