"""A socket that speaks the dialect of realtime speech-to-speech models."""
