"""Lets vLLM's command line be imported where there is no PyTorch: types stand in for all that it would take from there.

The parser itself, the types of its options and their choices are vLLM's own; none of them computes with a tensor.
"""

import importlib.abc
import importlib.machinery
import inspect
import sys
import types


class AnyType(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = AnyType(name, (AnyValue,), {"__module__": cls.__module__})
        setattr(cls, name, made)
        return made

    def __getitem__(cls, _key):
        return cls

    def __iter__(cls):
        return iter(())


class AnyValue(metaclass=AnyType):
    def __init__(self, *_args, **_named):
        pass

    def __call__(self, *args, **_named):
        return args[0] if len(args) == 1 and callable(args[0]) else self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return AnyValue()

    def __iter__(self):
        return iter(())

    def __radd__(self, other):
        return other

    def _itself(self, _other=None):
        return self

    __add__ = __sub__ = __mul__ = __or__ = __and__ = __getitem__ = _itself


class AnyModule(types.ModuleType):
    __version__ = "2.99.0"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = AnyType(name, (AnyValue,), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, packages):
        self.packages = packages

    def find_spec(self, name, _path, _target=None):
        if name.split(".")[0] in self.packages:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return AnyModule(spec.name)

    def exec_module(self, module):
        module.__path__ = []


def infer_schema(function, **_named):
    """Operators compare the schemas of their variants: as many tensors as the function says that it returns."""
    signature = inspect.signature(function)
    tensors = str(signature.return_annotation).count("Tensor") or 1
    returned = "Tensor" if tensors == 1 else f"({', '.join(['Tensor'] * tensors)})"
    return f"({', '.join(signature.parameters)}) -> {returned}"


class Int64:
    min, max = -(2**63), 2**63 - 1


def stand_in_for(packages):
    sys.meta_path.append(Finder(packages))
    import torch
    import torch.library

    torch.iinfo = lambda *_args: Int64
    sys.modules["torch.library"].infer_schema = infer_schema
