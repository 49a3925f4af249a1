"""Plain text: a file is one unlabelled document, kept to the character."""

from collections.abc import Iterator
from pathlib import Path

from arie.document import Document


def read_plain(path: Path) -> Iterator[Document]:
    """Read the file as it is, line ends included, so that offsets hold in it; its name gives the id."""
    with path.open(encoding="utf-8", newline="") as file:
        yield Document(file.read(), id=path.stem)
