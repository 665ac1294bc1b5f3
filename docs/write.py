"""`python -m docs.write`: writes every generated part of the documents anew. Parts are found by walking docs/parts."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docs import parts

ROOT = Path(__file__).parent.parent
COMMAND = "python -m docs.write"


@dataclass(frozen=True, slots=True)
class Part:
    """A whole page, or what stands between two marks of one."""

    file: Path
    mark: str
    """Empty for a whole page."""
    text: Callable[[], str]

    def page(self) -> str:
        """The page as it should be."""
        if not self.mark:
            said = f"Written by `{COMMAND}`."
            head = f'.\\" {said}\n' if self.file.suffix == ".1" else f"<!-- {said} -->\n\n"
            return head + self.text()
        begin, end = f"<!-- {self.mark}: written by `{COMMAND}` -->", f"<!-- end of {self.mark} -->"
        page = self.file.read_text(encoding="utf-8")
        if page.count(begin) != 1 or page.count(end) != 1:
            raise ValueError(f"{self.file.name} must hold {begin} and {end} once each.")
        between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        return between.sub(lambda _: f"{begin}\n\n{self.text()}\n{end}", page)


def all_parts() -> Iterator[Part]:
    """Every part there is."""
    for found in pkgutil.iter_modules(parts.__path__):
        module = importlib.import_module(f"{parts.__name__}.{found.name}")
        yield Part(ROOT / module.FILE, module.MARK, module.text)


def main() -> None:
    """Writes those that changed and says which."""
    for part in all_parts():
        page = part.page()
        if not part.file.exists() or part.file.read_text(encoding="utf-8") != page:
            part.file.write_text(page, encoding="utf-8")
            print(f"{part.file.relative_to(ROOT)} {part.mark}".rstrip())


if __name__ == "__main__":
    main()
