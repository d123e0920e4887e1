"""Control maps for ControlNets: of landmarks, and of whole pictures."""
