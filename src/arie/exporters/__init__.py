"""Documents out: one format a file, one row a format in `FORMATS`."""

from collections.abc import Callable

from arie.document import Document
from arie.exporters.columns import write_columns
from arie.exporters.inline import write_inline
from arie.exporters.jsonl import write_jsonl

# To add a format, write a function (document -> its lines, with the last line end) and add a row.
FORMATS: dict[str, Callable[[Document], str]] = {
    "jsonl": write_jsonl,
    "inline": write_inline,
    "columns": write_columns,
}
