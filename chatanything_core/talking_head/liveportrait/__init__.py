"""LivePortrait as a head, on the user's own weights: our motion moves its keypoints."""
