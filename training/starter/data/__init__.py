"""What the starter learns from: concepts, their pictures and the words for them."""
