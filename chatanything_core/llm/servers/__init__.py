"""Language models on servers: OpenAI's chat completions, as they are really spoken."""
