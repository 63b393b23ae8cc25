"""convert_gguf.py MODEL.gguf FOLDER: writes the model as Hugging Face's files, bfloat16, with its tokenizer."""

import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

source, target = Path(sys.argv[1]), Path(sys.argv[2])
at = {"pretrained_model_name_or_path": source.parent, "gguf_file": source.name}

tokenizer = AutoTokenizer.from_pretrained(**at)
assert tokenizer.chat_template, f"{source} has no chat template"
tokenizer.save_pretrained(target)

model = AutoModelForCausalLM.from_pretrained(
    **at, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
)
model.save_pretrained(target)
print(f"{model.num_parameters():,} parameters, {len(tokenizer):,} tokens")
