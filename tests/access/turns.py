"""Whether each cell of the matrix is tried, or people and things take turns.

By turns the whole matrix is part of every run of the tests. Each cell takes some ten
times as long: ``instance/test.sh --every-cell tests/access``.
"""


class Turns:
    """Set by the option ``--every-cell``."""

    are_taken = True
