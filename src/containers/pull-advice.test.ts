import { expect, test } from "vitest";
import { pullAdvice } from "./pull-advice.ts";

const image = "nvcr.io/nvidia/vllm:25.10-py3";

test.each([
  [
    "unauthorized: <html>authentication required",
    "no-login",
    "Log in with `docker login nvcr.io` and try `docker pull nvcr.io/nvidia/vllm:25.10-py3`.",
  ],
  [
    "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
    "disk-full",
    "The disk is full: `docker system df` shows what takes it, `docker image prune` frees what no tag names.",
  ],
  ["manifest for x:1 not found: manifest unknown", "no-image", "Check the name and tag of the image."],
  ["dial tcp: lookup nvcr.io on 127.0.0.53:53: no such host", "no-network", "Check that this machine reaches nvcr.io."],
  [
    "no matching manifest for linux/arm64/v8 in the manifest list entries",
    "foreign-image",
    "It is made for other processors than this machine's: choose a model with another image, `hearth models choose`.",
  ],
  ["context deadline exceeded", "other", null],
])("%s", (said, kind, next) => {
  expect(pullAdvice(image, said)).toEqual({ kind, next });
});
