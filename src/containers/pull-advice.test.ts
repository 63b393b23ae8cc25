import { expect, test } from "vitest";
import { whatHelps } from "./pull-advice.ts";

const image = "nvcr.io/nvidia/vllm:25.10-py3";

test.each([
  [
    "unauthorized: <html>authentication required",
    "Log in with `docker login nvcr.io` and try `docker pull nvcr.io/nvidia/vllm:25.10-py3`.",
  ],
  [
    "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
    "The disk is full: `docker system df` shows what takes it, `docker image prune` frees what no tag names.",
  ],
  ["manifest for x:1 not found: manifest unknown", "Check the name and tag of the image."],
  ["context deadline exceeded", null],
])("%s", (said, helps) => {
  expect(whatHelps(image, said)).toBe(helps);
});
