"""Train the starter, a small latent diffusion model, on nothing but the sketch painter's pictures."""
