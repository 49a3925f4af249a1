"""Where the files that ship with arie lie, and what the files of a model folder are called."""

from pathlib import Path

from arie.errors import InputError, ModelError

# In an installed wheel they lie beside the code, in a checkout at the root.
PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent.parent
SHIPPED = "arie-small"

MODEL, LABELS, TOKENIZER, SHAPE = "model.toml", "labels.toml", "tokenizer.json", "config.json"
WEIGHTS = "model.safetensors"
ENCODER, TAGGER, RELATIONS = "encoder.onnx", "tagger.onnx", "relations.onnx"


def find_file(relative: str) -> Path:
    """Return the path of a shipped file or folder such as "configs/labels.toml"."""
    installed = PACKAGE / "shipped" / relative
    return installed if installed.exists() else CHECKOUT / relative


def find_model(model: str | Path | None) -> Path:
    """Return a model's folder: None for the shipped one, a name under models/, or a path.

    Raises ModelError if there is none, naming the models that there are.
    """
    if model is None:
        return find_file(f"models/{SHIPPED}")
    if not isinstance(model, str | Path):
        raise InputError(f"expected a model's name or folder, got {type(model).__name__}")
    try:
        for folder in (find_file(f"models/{model}"), Path(model)):
            if str(model) and folder.is_dir():
                return folder
    except OSError:  # a name too long for a path
        pass
    there = sorted(path.name for path in find_file("models").glob("*") if path.is_dir())
    said = f"{str(model)[:80]!r}"
    raise ModelError(f"there is no model {said}; give a folder, or one of: {', '.join(there) or '(none)'}")
