"""A neural voice that is shaped before its sound is made: its network, its frames, its sound."""
