"""Choose the experts that suit a persona, one or several, with reasons."""
