"""What a concept may be."""

from ..errors import InputError

MAX_CONCEPT = 500
"""Characters."""


def check_concept(concept: str) -> None:
    """Let a usable concept pass.

    Raises:
        InputError: it is empty, longer than 500 characters, or has no letter and no digit.

    >>> check_concept("grumpy teapot")
    """
    if not concept.strip():
        raise InputError('The concept is empty. Type what the persona is, such as "grumpy teapot".')
    if len(concept) > MAX_CONCEPT:
        raise InputError(
            f"The concept has {len(concept)} characters; at most {MAX_CONCEPT} are allowed. "
            "Shorten it to a sentence or two."
        )
    if not any(letter.isalnum() for letter in concept):
        raise InputError(
            f"The concept {concept!r} has no letter or digit. Name the persona in words, "
            'such as "grumpy teapot".'
        )
