"""The command line: parses arguments, calls a function, prints. Errors are one line, never a traceback."""

import argparse
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path

from arie.document import Document
from arie.errors import ArieError, InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0, 1 after an error of ours, 130 after an interrupt."""
    parser = _parser()
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # Arabic goes out as UTF-8 also where the system speaks another encoding.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except ArieError as error:
        sys.stderr.write(f"arie: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("arie: interrupted; what was written so far is kept (training goes on with --resume)\n")
        return 130
    except BrokenPipeError:
        # The reader of our output (such as `head`) went away; that is no error, but Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"arie: {error.filename or 'cannot write the output'}: {error.strerror}\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arie", description="Read Arabic news about armed conflict.")
    parser.add_argument("--version", action="version", version=f"arie {version('arie')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    extract = commands.add_parser("extract", help="read texts, write entities, quantities and links")
    extract.add_argument("files", nargs="+", metavar="FILE", help="plain text, .jsonl, or - for standard input")
    extract.add_argument("--format", help="plain or jsonl, for standard input or where the ending does not say")
    extract.add_argument("-o", "--output", type=Path, help="write JSON Lines here")
    extract.add_argument("--listing", action="store_true", help="print for reading even when output is no terminal")
    extract.add_argument("--model", help="a model's name or folder (default: the shipped one)")
    extract.add_argument("--device", default="auto", help="auto, cpu or cuda (default: auto)")
    extract.set_defaults(run=_extract)
    train = commands.add_parser("train", help="train a model from a config")
    train.add_argument("config", type=Path)
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    train.set_defaults(run=_train)
    evaluate = commands.add_parser("evaluate", help="score a model, or a file of predictions, against gold")
    evaluate.add_argument("--gold", type=Path, required=True, help="labelled documents (.jsonl, .arie, .conll, .tsv)")
    evaluate.add_argument("--format", help="format of the gold file, if its ending does not say")
    evaluate.add_argument("--model", help="a model's name or folder (default: the shipped one)")
    evaluate.add_argument("--device", default="auto", help="auto, cpu or cuda (default: auto)")
    evaluate.add_argument("--predicted", type=Path, help="score this file's labels instead of a model's")
    evaluate.add_argument("-o", "--output", type=Path, help="write report.json and report.md into this folder")
    evaluate.set_defaults(run=_evaluate)
    convert = commands.add_parser("convert", help="turn labelled files into another format")
    convert.add_argument("source", type=Path)
    convert.add_argument("target", type=Path, nargs="?", help="default: standard output")
    convert.add_argument("--from", dest="source_format", help="plain, jsonl, inline, columns, clitic-columns")
    convert.add_argument("--to", dest="target_format", default="jsonl", help="jsonl, inline or columns")
    convert.set_defaults(run=_convert)
    check = commands.add_parser("check", help="list where labelled files break the guidelines")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    return parser


def _extract(options: argparse.Namespace) -> int:
    from arie.exporters.jsonl import write_jsonl
    from arie.listing import detect_terminal, list_document
    from arie.pipeline import load

    documents = _inputs(options.files, options.format)
    first = next(documents, None)  # a missing file is said before the model is loaded
    extractor = load(options.model, options.device)
    read = _extracted(extractor, first, documents) if first else iter(())
    if options.output:
        _write(options.output, (write_jsonl(document) for document in read), options.files)
    elif options.listing or sys.stdout.isatty():
        terminal = detect_terminal(os.environ, shutil.get_terminal_size().columns, sys.stdout.isatty())
        for document in read:
            sys.stdout.write("\n".join(list_document(document, terminal)) + "\n")
    else:
        for document in read:
            sys.stdout.write(write_jsonl(document))
            sys.stdout.flush()
    return 0


def _extracted(extractor: "Callable[[str], Document]", first: Document, rest: Iterator[Document]) -> Iterator[Document]:
    for document in chain([first], rest):
        yield replace(extractor(document.text), id=document.id)


def _inputs(names: Sequence[str], format: str | None) -> Iterator[Document]:
    from arie.readers import read_documents

    for name in names:
        if name == "-":
            # Readers read files; standard input becomes one for as long as it is read.
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "stdin"
                data = sys.stdin.buffer.read()
                path.write_bytes(data)
                # A text does not begin with a brace, JSON Lines do.
                guess = "jsonl" if data.lstrip()[:1] == b"{" else None
                yield from read_documents(path, format or guess)
        else:
            yield from read_documents(Path(name), format)


def _train(options: argparse.Namespace) -> int:
    import logging

    from arie.config import read_config
    from arie.errors import MissingExtraError

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        from arie.train.config import TrainConfig
        from arie.train.finish import finish
        from arie.train.loop import train
    except ImportError as error:
        raise MissingExtraError(f"training needs {error.name}; install it with: pip install 'arie[train]'") from error
    config = read_config(options.config, TrainConfig)
    folder = finish(train(config, options.resume), config)
    sys.stdout.write(f"{folder}\n")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from arie.scoring import score_file, write_reports

    evaluation = score_file(options.gold, options.format, options.model, options.device, options.predicted)
    page = write_reports(evaluation, options.output)
    sys.stdout.write(page + "\n")
    return 0


def _convert(options: argparse.Namespace) -> int:
    from arie.exporters import FORMATS
    from arie.readers import read_documents

    if options.target_format not in FORMATS:
        raise InputError(f"unknown format {options.target_format!r}; known are {', '.join(FORMATS)}")
    lines = (
        FORMATS[options.target_format](document) for document in read_documents(options.source, options.source_format)
    )
    if options.target:
        _write(options.target, lines, [options.source])
    else:
        sys.stdout.writelines(lines)
    return 0


def _check(options: argparse.Namespace) -> int:
    from arie.checks import find_problems
    from arie.labels import read_labels
    from arie.readers import read_documents
    from arie.resources import find_file

    labels = read_labels(find_file("configs/labels.toml"))
    problems = 0
    for path in options.files:
        for document in read_documents(path):
            for problem in find_problems(document, labels):
                sys.stdout.write(f"{path}: {document.id}: {problem}\n")
                problems += 1
    sys.stdout.write(f"{problems} problems\n")
    return 1 if problems else 0


def _write(path: Path, lines: Iterator[str], sources: Sequence[str | Path]) -> None:
    """Write lines as they come, so that an interrupt loses nothing that was done; a source is never written over."""
    if path.exists() and any(Path(source).exists() and path.samefile(source) for source in sources):
        raise InputError(f"{path} is also read from; write into another file")
    first = list(islice(lines, 1))  # what cannot be read is said before the target is touched
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for line in chain(first, lines):
                file.write(line)
                file.flush()
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}; give a path in a folder that exists") from error
