"""Reads lines `{"kind": "response" | "event", "value": ...}` and says of each what the specification's types refuse, as a list."""

import json
import sys

from openresponses_types import types
from pydantic import ValidationError

events = [
    model
    for name, model in vars(types).items()
    if name.endswith("StreamingEvent") and hasattr(model, "model_validate")
]


def discriminator(model):
    kinds = model.model_fields["type"].annotation
    return {getattr(kind, "value", kind) for kind in (kinds if hasattr(kinds, "__iter__") else [])}


by_type = {kind: model for model in events for kind in discriminator(model)}


def faults(kind, value):
    model = types.ResponseResource if kind == "response" else by_type.get(value.get("type"))
    if model is None:
        return [f"no such event: {value.get('type')}"]
    try:
        model.model_validate(value)
        return []
    except ValidationError as error:
        return [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(faults(asked["kind"], asked["value"])), flush=True)
