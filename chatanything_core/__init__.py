"""From a concept to a persona that talks back as a video. Plain Python; knows no ComfyUI."""
