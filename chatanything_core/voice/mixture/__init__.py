"""Mixture of Voices: from traits to a weighted blend of measured voices."""
