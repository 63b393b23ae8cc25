import fc from "fast-check";
import { expect, test } from "vitest";
import { loaderVariable, mayBeSet } from "./environment.ts";

test("what may be set never reaches the host's loader", () => {
  const names = fc.oneof(
    fc.constantFrom(
      "LD_PRELOAD",
      "LD_NEW",
      "GCONV_PATH",
      "GLIBC_TUNABLES",
      "MALLOC_TRACE",
      "TMPDIR",
      "HF_TOKEN",
      "VLLM_X",
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(names, fc.string(), (name, value) => {
      const entry = `${name}=${value}`;
      if (mayBeSet(entry, [])) expect(loaderVariable([entry], [])).toBeNull();
    }),
  );
});

test.each([
  ["as NVIDIA's images have it", "/usr/local/nvidia/lib:/usr/local/nvidia/lib64", null],
  ["with a part that is empty", "/usr/local/cuda/lib64:", "LD_LIBRARY_PATH"],
  ["with a part that is relative", "lib:/usr/lib", "LD_LIBRARY_PATH"],
  ["empty", "", "LD_LIBRARY_PATH"],
])("an image's LD_LIBRARY_PATH, %s", (_, value, found) => {
  expect(loaderVariable(["PATH=/usr/bin", `LD_LIBRARY_PATH=${value}`], [])).toBe(found);
});

test("an image that sets a loader's variable is told by its name, until the operator lists it", () => {
  expect(loaderVariable(["PATH=/bin", "LD_PRELOAD=x.so"], [])).toBe("LD_PRELOAD");
  expect(loaderVariable(["PATH=/bin", "LD_PRELOAD=x.so"], ["LD_PRELOAD"])).toBeNull();
});
