"""Recipe 5: measure speed, the shipped model against an AraBERT-shaped Hugging Face pipeline, in the same run.

    make benchmark

The baseline is what most people run today: `pipeline("token-classification")` in torch over a BERT of AraBERT's
size (12 layers, hidden 768, 64,000 pieces; random weights, since only speed counts), one call a sentence. It tags
only; arie also links and resolves quantities. Texts are development-like reports of the training corpus.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast, pipeline

import arie
from arie.readers import read_documents

ROOT = Path(__file__).parent.parent
SENTENCES = 120
ROUNDS = 3


def main() -> None:
    """Print sentences a second of both, their ratio, and the time of a first command."""
    reports = [d.text for path in sorted((ROOT / "training/corpus").glob("*.arie")) for d in read_documents(path)]
    sentences = [line for text in reports for line in text.splitlines() if 20 <= len(line.split()) <= 40][:SENTENCES]
    words = sum(len(sentence.split()) for sentence in sentences) / len(sentences)
    print(
        f"{len(sentences)} sentences of {words:.0f} words, best of {ROUNDS} rounds, {torch.get_num_threads()} threads"
    )
    baseline = hugging_face_baseline(reports)
    extractor = arie.load(device="cpu")
    theirs = rate(lambda: [baseline(sentence) for sentence in sentences], len(sentences))
    ours = rate(lambda: extractor.batch(sentences), len(sentences))
    print(f"Hugging Face pipeline, AraBERT-shaped, torch float32   {theirs:7.1f} sentences/s   1.0x")
    print(f"arie, {extractor.name}, ONNX Runtime, int8 weights      {ours:7.1f} sentences/s   {ours / theirs:.1f}x")
    print(f"import arie                     {command_time('import arie') - command_time('pass'):.2f} s")
    seed = next(iter(sorted((ROOT / "seeds").glob("*.txt"))))
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "arie", "extract", str(seed)], check=True, capture_output=True)
    print(f"arie extract on a seed, cold    {time.perf_counter() - start:.2f} s")


def rate(run: Callable[[], object], items: int) -> float:
    """Return items a second in the best of some rounds, after one to warm up."""
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return items / min(times)


def command_time(code: str) -> float:
    """Return the best time of a fresh Python that runs `code`."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def hugging_face_baseline(texts: list[str]) -> Callable[[str], object]:
    """Return a pipeline over a random BERT of AraBERT's shape, with a WordPiece vocabulary from `texts`."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=20_000, special_tokens=special))
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = Path(folder) / "vocab.txt"
        vocabulary.write_text("\n".join(sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__)), "utf-8")
        fast = BertTokenizerFast(vocab=str(vocabulary), do_lower_case=False)
    network = BertForTokenClassification(BertConfig(vocab_size=64_000, num_labels=9)).eval()
    return pipeline("token-classification", model=network, tokenizer=fast, device="cpu")


if __name__ == "__main__":
    main()
