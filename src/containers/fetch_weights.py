"""Brings a repository of the Hugging Face hub into HF_HOME. Runs inside an engine's image; prints `bytes DONE TOTAL`.

Arguments: repository, revision (may be empty), bytes per second at most (0 = as fast as it goes).
"""

import fnmatch
import os
import socket
import ssl
import sys
import threading
import time

# Copies of the weights in other formats, which vLLM does not read.
UNREAD = ["original/*", "metal/*"]


class Bucket:
    """What all connections together may read: a second's worth at once, the rest in time."""

    def __init__(self, rate):
        self.rate = rate
        self.lock = threading.Lock()
        self.due = float("-inf")

    def take(self, count):
        with self.lock:
            now = time.monotonic()
            self.due = max(self.due, now - 1) + count / self.rate
            wait = self.due - now
        if wait > 0:
            time.sleep(wait)


def limit_reading(rate):
    """The hub's client knows no limit, so the sockets below it get one."""
    bucket = Bucket(rate)

    def slowed(read, counts):
        def reading(self, *args, **kwargs):
            result = read(self, *args, **kwargs)
            bucket.take(counts(result))
            return result

        return reading

    # A TLS socket reads with its own methods, which fall back on the plain ones only where no TLS is spoken.
    for kind in (socket.socket, ssl.SSLSocket):
        kind.recv = slowed(kind.recv, len)
        kind.recv_into = slowed(kind.recv_into, int)


def total_bytes(api, repo, revision):
    """0 where the hub cannot be asked: what is here already may be enough."""
    try:
        files = api.model_info(repo, revision=revision, files_metadata=True).siblings
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 0
    read = [f for f in files if not any(fnmatch.fnmatch(f.rfilename, p) for p in UNREAD)]
    return sum(f.size or 0 for f in read)


def bytes_on_disk(folder):
    names = [os.path.join(folder, name) for name in os.listdir(folder)] if os.path.isdir(folder) else []
    stats = [os.stat(name) for name in names if os.path.isfile(name)]
    return sum(min(stat.st_size, stat.st_blocks * 512) for stat in stats)


def tell(folder, total, done):
    while not done.wait(1):
        print(f"bytes {min(total, bytes_on_disk(folder))} {total}", flush=True)


def main(repo, revision, rate):
    if rate > 0:
        # The one that is written in Rust reads past Python's sockets.
        os.environ["HF_HUB_DISABLE_XET"] = "1"
        os.environ["HF_HUB_ENABLE_HF_TRANSFER"] = "0"
        limit_reading(rate)
    from huggingface_hub import HfApi, snapshot_download

    hub = os.path.join(os.environ["HF_HOME"], "hub")
    blobs = os.path.join(hub, "models--" + repo.replace("/", "--"), "blobs")
    done = threading.Event()
    total = total_bytes(HfApi(), repo, revision)
    if total > 0:
        threading.Thread(target=tell, args=(blobs, total, done), daemon=True).start()
    snapshot_download(repo, revision=revision, ignore_patterns=UNREAD)
    done.set()
    print(f"bytes {total} {total}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] or None, int(sys.argv[3]))
