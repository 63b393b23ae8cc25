"""What the hub's cache below HF_HOME holds. Runs inside an engine's image, with Python's own library alone.

`list` prints a line of JSON for each repository, `remove REPO` takes one away, `verify REPO` reads all of one.
"""

import hashlib
import json
import os
import re
import shutil
import sys

HUB = os.path.join(os.environ["HF_HOME"], "hub")


def folder_of(repo):
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", repo) or repo in (".", ".."):
        sys.exit(f"{repo} is the name of no repository")
    return os.path.join(HUB, "models--" + repo.replace("/", "--"))


def blobs_of(folder):
    blobs = os.path.join(folder, "blobs")
    return [entry for entry in os.scandir(blobs) if entry.is_file()] if os.path.isdir(blobs) else []


def links_of(folder):
    for root, _, names in os.walk(os.path.join(folder, "snapshots")):
        for name in names:
            yield os.path.join(root, name)


def list_repositories():
    names = sorted(os.listdir(HUB)) if os.path.isdir(HUB) else []
    for name in names:
        if not name.startswith("models--"):
            continue
        blobs = blobs_of(os.path.join(HUB, name))
        begun = [blob for blob in blobs if blob.name.endswith(".incomplete")]
        stats = [blob.stat() for blob in blobs]
        print(
            json.dumps(
                {
                    "repo": name[len("models--") :].replace("--", "/", 1),
                    # A file that is being fetched may take less of the disk than its length says.
                    "bytes": sum(min(stat.st_size, stat.st_blocks * 512) for stat in stats),
                    "whole": len(blobs) > 0 and not begun,
                    "changedAt": max((stat.st_mtime for stat in stats), default=None),
                }
            )
        )


def digest_of(blob):
    """The hub names large files by their SHA-256, small ones as git does."""
    size = blob.stat().st_size
    digest = hashlib.sha256() if len(blob.name) == 64 else hashlib.sha1(f"blob {size}\0".encode())
    with open(blob.path, "rb") as file:
        while chunk := file.read(8 * 1024 * 1024):
            digest.update(chunk)
            yield len(chunk), None
    yield 0, digest.hexdigest()


def verify(repo):
    folder = folder_of(repo)
    blobs = blobs_of(folder)
    if not blobs:
        sys.exit(f"nothing of {repo} is here")
    faults = [f"{blob.name} is the beginning of a download" for blob in blobs if blob.name.endswith(".incomplete")]
    faults += [f"{os.path.basename(link)} is missing" for link in links_of(folder) if not os.path.exists(link)]
    named = [blob for blob in blobs if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", blob.name)]
    total = sum(blob.stat().st_size for blob in named)
    done = 0
    for blob in named:
        for read, digest in digest_of(blob):
            done += read
            if digest is not None and digest != blob.name:
                faults.append(f"{names_of(folder, blob) or blob.name} is damaged")
                # So that the next fetch brings it anew.
                os.remove(blob.path)
        print(f"bytes {done} {total}", flush=True)
    if faults:
        sys.exit("\n".join(faults))


def names_of(folder, blob):
    found = {os.path.basename(link) for link in links_of(folder) if os.path.realpath(link) == os.path.realpath(blob.path)}
    return ", ".join(sorted(found))


if __name__ == "__main__":
    act, *names = sys.argv[1:]
    if act == "list":
        list_repositories()
    elif act == "remove":
        shutil.rmtree(folder_of(names[0]), ignore_errors=False)
        locks = os.path.join(HUB, ".locks", os.path.basename(folder_of(names[0])))
        shutil.rmtree(locks, ignore_errors=True)
    elif act == "verify":
        verify(names[0])
