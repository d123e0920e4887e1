"""The mouth of a warped portrait: how it moves, and what is seen inside."""
