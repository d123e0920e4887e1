"""The chat engine that needs no model: patterns, the persona's own record and a seed."""
