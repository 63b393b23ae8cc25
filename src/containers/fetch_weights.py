"""Brings a repository of the Hugging Face hub into HF_HOME. Runs inside an engine's image; prints `percent N`.

Arguments: repository, revision (may be empty).
"""

import fnmatch
import os
import sys
import threading

from huggingface_hub import HfApi, snapshot_download

# Copies of the weights in other formats, which vLLM does not read.
UNREAD = ["original/*", "metal/*"]


def total_bytes(repo, revision):
    files = HfApi().model_info(repo, revision=revision, files_metadata=True).siblings
    read = [f for f in files if not any(fnmatch.fnmatch(f.rfilename, p) for p in UNREAD)]
    return sum(f.size or 0 for f in read)


def bytes_on_disk(folder):
    names = [os.path.join(folder, name) for name in os.listdir(folder)] if os.path.isdir(folder) else []
    return sum(os.path.getsize(name) for name in names if os.path.isfile(name))


def tell(folder, total, done):
    while not done.wait(2):
        print(f"percent {min(99, 100 * bytes_on_disk(folder) // total)}", flush=True)


def main(repo, revision):
    hub = os.path.join(os.environ["HF_HOME"], "hub")
    blobs = os.path.join(hub, "models--" + repo.replace("/", "--"), "blobs")
    done = threading.Event()
    total = total_bytes(repo, revision)
    if total > 0:
        threading.Thread(target=tell, args=(blobs, total, done), daemon=True).start()
    snapshot_download(repo, revision=revision, ignore_patterns=UNREAD)
    done.set()
    print("percent 100", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] or None)
