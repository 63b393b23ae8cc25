"""Parses the arguments of `vllm serve` with the parser of one release. Usage: parse_arguments.py FOLDER, the unpacked wheel.

Reads {"id": [word, ...]} from stdin and writes {"id": what is wrong, or null} to stdout.
"""

import contextlib
import dataclasses
import importlib
import io
import json
import os
import sys
import typing

folder = sys.argv[1]
sys.path[:0] = [folder, os.path.dirname(__file__)]
os.environ["VLLM_LOGGING_LEVEL"] = "ERROR"

from without_torch import stand_in_for  # noqa: E402

# What only runs models, and would have to be built or downloaded for that alone.
stand_in_for({"torch", "xgrammar", "llguidance", "lmformatenforcer", "outlines_core", "compressed_tensors", "gguf"})


def module_with(name, paths):
    for path in paths:
        with contextlib.suppress(ModuleNotFoundError):
            module = importlib.import_module(path)
            if hasattr(module, name):
                return getattr(module, name)
    raise SystemExit(f"{folder} has no {name}")


make_arg_parser = module_with(
    "make_arg_parser", ["vllm.entrypoints.launchers.cli_args", "vllm.entrypoints.openai.cli_args"]
)
FlexibleArgumentParser = module_with("FlexibleArgumentParser", ["vllm.utils.argparse_utils", "vllm.utils"])
SpeculativeConfig = module_with("SpeculativeConfig", ["vllm.config"])


def speculation_faults(given):
    """The parser takes any JSON here; the engine refuses what its configuration has no field for."""
    if given is None:
        return
    fields = {field.name: field for field in dataclasses.fields(SpeculativeConfig)}
    for name in given:
        if name not in fields:
            yield f"speculative-config has no field {name}"
    methods = literals(typing.get_type_hints(SpeculativeConfig)["method"])
    if given.get("method") not in methods:
        yield f"speculative-config has no method {given.get('method')}"


def literals(hint):
    if typing.get_origin(hint) is typing.Literal:
        return set(typing.get_args(hint))
    return set().union(*(literals(part) for part in typing.get_args(hint)), set())


def fault(words):
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            arguments = parser.parse_args(words)
    except SystemExit:
        return said.getvalue().strip().splitlines()[-1]
    return "; ".join(speculation_faults(arguments.speculative_config)) or None


parser = make_arg_parser(FlexibleArgumentParser(prog="vllm serve"))
print(json.dumps({name: fault(words) for name, words in json.load(sys.stdin).items()}))
