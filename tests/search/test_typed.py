import doctest
import eakte.search.typed


def test_the_examples_hold():
    assert doctest.testmod(eakte.search.typed).failed == 0
