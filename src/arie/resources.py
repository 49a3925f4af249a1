"""Where the files that ship with arie lie: beside the code in an installed wheel, at the root in a checkout."""

from pathlib import Path

from arie.errors import ModelError

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent.parent
SHIPPED = "arie-small"


def find_file(relative: str) -> Path:
    """Return the path of a shipped file or folder such as "configs/labels.toml"."""
    installed = PACKAGE / "shipped" / relative
    return installed if installed.exists() else CHECKOUT / relative


def find_model(model: str | Path | None) -> Path:
    """Return a model's folder: None for the shipped one, a name under models/, or a path.

    Raises ModelError if there is none, naming the models that there are.
    """
    if model is None:
        model = SHIPPED
    if Path(model).is_dir():
        return Path(model)
    named = find_file(f"models/{model}")
    if named.is_dir():
        return named
    there = sorted(path.name for path in find_file("models").glob("*") if path.is_dir())
    raise ModelError(f"there is no model {str(model)!r}; give a folder, or one of: {', '.join(there) or '(none)'}")
