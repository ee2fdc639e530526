"""Names and numbers of the person whose matter it is."""

from datetime import date
from unidecode import unidecode

import re


AZR_NUMBER = re.compile(r"\d{12}$")

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

WORD = re.compile(r"[\w.]+(?:[-/][\w.]+)*")


def is_azr_number(text):
    """Whether the text can be an AZR number: 12 digits. There is no check digit.

    >>> is_azr_number("900314123456")
    True
    >>> is_azr_number("90-03-14")
    False
    """
    return bool(AZR_NUMBER.match(text))


def azr_date_is_possible(text):
    """Whether the first six digits of an AZR number, YYMMDD, are a date.

    A wrong date is a reason to look again, not to refuse.

    >>> azr_date_is_possible("901314123456")
    False
    """
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    # 2000 and 1900 differ in one day only, and 29 February 1900 was none.
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def full_name(family_name, given_name):
    """Return the name as a list shows it: ``Family, Given``.

    >>> full_name("Haddad", "Rania")
    'Haddad, Rania'
    >>> full_name("Rania", None)
    'Rania'
    """
    return ", ".join(part for part in (family_name, given_name) if part)


def folded_words(text):
    """Return the words of a name as they are compared: lower case, no diacritics.

    A German umlaut is found as it is typed, by its two letters and without
    its dots.

    >>> sorted(folded_words("Müller-Yılmaz, Ayşe"))
    ['ayse', 'mueller', 'mueller-yilmaz', 'muller', 'muller-yilmaz', 'yilmaz']
    """
    words = set()
    for word in WORD.findall((text or "").lower()):
        for spelling in (word, word.translate(GERMAN)):
            folded = _folded(spelling)
            words.add(folded)
            words.update(part for part in re.split(r"[-/]", folded) if part)
    return words


def whole_spellings(text):
    """Return for each word of the text how it can begin, as it is compared.

    The words are not taken apart at their hyphens: whoever types more means
    fewer. A spelling that goes on where another ends is left out.

    >>> whole_spellings("Müller-Yılmaz, 10.1-12/2026")
    [['mueller-yilmaz', 'muller-yilmaz'], ['10.1-12/2026']]
    """
    words = []
    for word in WORD.findall(text.lower()):
        bare = word.strip(".")
        spellings = {_folded(bare), _folded(bare.translate(GERMAN))} - {""}
        words.append(
            sorted(
                each
                for each in spellings
                if not any(each != o and each.startswith(o) for o in spellings)
            )
        )
    return [word for word in words if word]


def _folded(word):
    return unidecode(word).lower()
