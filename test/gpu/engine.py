"""An engine that holds memory of a card and answers what Hearth asks of one. Needs PyTorch for a real card, nothing else.

engine.py --port 8000 --model a --gib 40 --seen seen.jsonl            a real card
engine.py --port 8000 --model a --gib 4 --seen seen.jsonl --card DIR  a simulated one: test/gpu/simulated-smi.ts
"""
import argparse
import json
import os
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--gib", type=float, required=True)
parser.add_argument("--seen", required=True)
parser.add_argument("--card")
options = parser.parse_args()


def free_mib():
    query = ["nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits"]
    return float(subprocess.check_output(query, text=True).splitlines()[0])


# Before anything else: this is what the engine before has left.
with open(options.seen, "a") as seen:
    seen.write(json.dumps({"model": options.model, "pid": os.getpid(), "freeMiB": free_mib()}) + "\n")

if options.card is None:
    import torch

    held = torch.empty(int(options.gib * 2**30), dtype=torch.uint8, device="cuda")
    held.fill_(1)
    torch.cuda.synchronize()
else:
    with open(os.path.join(options.card, f"{os.getpid()}.mib"), "w") as file:
        file.write(str(int(options.gib * 1024)))

answer = {
    "id": "x",
    "object": "chat.completion",
    "created": 0,
    "model": options.model,
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "here"}, "text": "here", "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply({"object": "list", "data": [{"id": options.model, "object": "model", "max_model_len": 4096}]})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.reply(answer)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", options.port), Handler).serve_forever()
