"""Which images somebody seeks who types letters of a name, a pattern or a rating. It knows no list."""

import re
from collections.abc import Iterable, Sequence
from fnmatch import translate
from functools import lru_cache

RATED = re.compile(r"\*([0-5x])(?: +|$)")


def having(letters: str, names: Sequence[str], among: Iterable[int]) -> list[int]:
    """Those of the indexes whose names have all the letters, one after another with anything between; case is nothing.

    Names that have them side by side come first. With `*` or `?` among them they are how the names begin, each standing
    for any letters or for one. 50,000 names take some hundredths of a second.
    """
    if "*" in letters or "?" in letters:
        fits = _glob(letters).match
        return [index for index in among if fits(names[index])]
    found, together = _pattern(letters).search, letters.casefold()
    having = [index for index in among if found(names[index])]
    return sorted(having, key=lambda index: together not in names[index].casefold())


def sought(typed: str) -> tuple[str, str]:
    """The rating that is sought, if one is, and the letters behind it: `*3 dsc` is `3` and `dsc`."""
    found = RATED.match(typed)
    return (found[1], typed[found.end() :]) if found else ("", typed)


def is_rated(stars: str, rating: int) -> bool:
    """Whether a rating, -1 for rejected, is so: `x` rejected, `0` without one, else at least so many stars."""
    return rating == {"x": -1, "0": 0}.get(stars) or (stars in "12345" and rating >= int(stars))


@lru_cache(maxsize=8)
def _glob(letters: str) -> re.Pattern[str]:
    return re.compile(translate(letters + "*"), re.IGNORECASE)


@lru_cache(maxsize=8)
def _pattern(letters: str) -> re.Pattern[str]:
    # Everything but the next letter: no name makes the search go back and try again.
    return re.compile("".join(f"[^{re.escape(each)}]*{re.escape(each)}" for each in letters), re.IGNORECASE | re.DOTALL)
