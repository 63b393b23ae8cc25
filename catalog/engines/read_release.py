"""Prints what a vLLM release understands, as a file of this folder. Usage: read_release.py WHEEL"""

import ast
import re
import sys
import textwrap
import zipfile

wheel = zipfile.ZipFile(sys.argv[1])
names = wheel.namelist()
package = re.search(r"(vllm[a-z_]*)-[^/]*$", sys.argv[1])[1].replace("_", "-")
version = re.search(r"-([0-9.]+)-", sys.argv[1])[1]


def source(path):
    return wheel.read(path).decode()


def flags():
    """Options of every parser, and the fields that become options."""
    command_line = re.compile(r"vllm/(engine/arg_utils|entrypoints/.*/cli_args|entrypoints/cli/serve)\.py$")
    for path in filter(command_line.match, names):
        for node in ast.walk(ast.parse(source(path))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_argument":
                for argument in node.args:
                    value = getattr(argument, "value", None)
                    if isinstance(value, str) and value.startswith("--"):
                        yield value[2:].replace("_", "-")
            if isinstance(node, ast.ClassDef) and "FrontendArgs" in node.name:
                for field in node.body:
                    if isinstance(field, ast.AnnAssign):
                        yield field.target.id.replace("_", "-")


def parsers(kind):
    for path in names:
        if not re.search(rf"/{kind}/.*\.py$", path):
            continue
        text = source(path)
        for registered in re.findall(r'register_module\(\s*(?:name=)?\s*(\[[^\]]*\]|"[^"]+")', text):
            yield from re.findall(r'"([^"]+)"', registered)
        if path.endswith("__init__.py"):
            for node in ast.walk(ast.parse(text)):
                for key in node.keys if isinstance(node, ast.Dict) else []:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value


def choices(path, name):
    match = re.search(rf"{name}\s*=\s*Literal\[(.*?)\]", source(path), re.S) if path in names else None
    return re.findall(r'"([^" ]+)"', match[1]) if match else []


def values():
    yield "kv-cache-dtype", choices("vllm/config/cache.py", "CacheDType")
    yield "load-format", choices("vllm/model_executor/model_loader/__init__.py", "LoadFormats")
    yield "mamba-cache-mode", choices("vllm/config/cache.py", "MambaCacheMode")
    yield "moe-backend", choices("vllm/config/kernel.py", "MoEBackend")
    yield "performance-mode", choices("vllm/config/vllm.py", "PerformanceMode")
    yield "quantization", choices("vllm/model_executor/layers/quantization/__init__.py", "QuantizationMethods")
    registry = "vllm/v1/attention/backends/registry.py"
    if registry in names and "attention-backend" in set(flags()):
        backends = re.findall(r"^    ([A-Z0-9_]+) = ", source(registry), re.M)
        yield "attention-backend", [name for name in backends if not name.startswith(("ROCM", "CPU", "XPU", "MAMBA"))]


def show(key, items, indent=""):
    wrapped = textwrap.fill(" ".join(sorted(set(items))), 114, break_on_hyphens=False, break_long_words=False)
    print(textwrap.indent(f"{key}: >-\n{textwrap.indent(wrapped, '  ')}", indent))


print("# yaml-language-server: $schema=../../schema/engine.schema.json")
print(f'engine: vllm\nversion: "{version}"')
print(f"source: Command line, parsers and model registry of the release as published (Python package {package} {version}).")
show("flags", (flag for flag in flags() if re.fullmatch(r"[a-z0-9][a-z0-9-]*", flag)))
print("values:")
for key, items in sorted(values()):
    if items:
        show(key, items, "  ")
show("environment", re.findall(r"^ +(VLLM_[A-Z0-9_]+):", source("vllm/envs.py"), re.M))
show("toolParsers", parsers("tool_parsers"))
show("reasoningParsers", parsers("reasoning"))
show("classes", re.findall(r'"(\w+)":\s*\(', source("vllm/model_executor/models/registry.py")))
