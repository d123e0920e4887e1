"""Drawings of others as bodies: their colours, their outline, and where the face goes on them."""
