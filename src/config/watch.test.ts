import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ConfigWatch, watchConfig } from "./watch.ts";

let folder: string;
let watching: ConfigWatch | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-watch-"));
});
afterEach(() => {
  watching?.close();
  rmSync(folder, { recursive: true });
});

/** Watches the file; `change` makes a change and waits until it was noticed. */
function watch(file: string) {
  let noticed = Promise.withResolvers<void>();
  const heard = { changes: 0 };
  watching = watchConfig(file, () => {
    heard.changes++;
    noticed.resolve();
  });
  const change = async (make: () => void) => {
    noticed = Promise.withResolvers();
    make();
    await noticed.promise;
  };
  return { heard, change };
}

test("a file that is written in place, again and again", async () => {
  const file = join(folder, "hearth.yaml");
  writeFileSync(file, "");
  const { heard, change } = watch(file);
  await change(() => writeFileSync(file, "listen: 1\n"));
  await change(() => writeFileSync(file, "listen: 2\n"));
  expect(heard.changes).toBe(2);
});

test("another file that is put in its place, again and again", async () => {
  const file = join(folder, "hearth.yaml");
  writeFileSync(file, "");
  const { heard, change } = watch(file);
  for (const text of ["listen: 1\n", "listen: 2\n"]) {
    await change(() => {
      writeFileSync(`${file}~`, text);
      renameSync(`${file}~`, file);
    });
  }
  expect(heard.changes).toBe(2);
});

test("a file that is away for a moment, and one that comes later", async () => {
  const file = join(folder, "hearth.yaml");
  const { heard, change } = watch(file);
  await change(() => writeFileSync(file, "listen: 1\n"));
  rmSync(file);
  await change(() => writeFileSync(file, "listen: 2\n"));
  expect(heard.changes).toBe(2);
});

test("a burst of writes is one change, and the same text is none", async () => {
  const file = join(folder, "hearth.yaml");
  writeFileSync(file, "listen: 1\n");
  const { heard, change } = watch(file);
  utimesSync(file, 1, 1);
  writeFileSync(file, "listen: 1\n");
  writeFileSync(join(folder, "another.yaml"), "listen: 9\n");
  await change(() => {
    for (let port = 2; port < 10; port++) writeFileSync(file, `listen: ${port}\n`);
  });
  expect(heard.changes).toBe(1);
});

test("a change is noticed beside a file that changes all the time", async () => {
  const file = join(folder, "hearth.yaml");
  writeFileSync(file, "");
  const { heard, change } = watch(file);
  const log = setInterval(() => writeFileSync(join(folder, "log"), String(performance.now())), 20);
  try {
    await change(() => writeFileSync(file, "listen: 1\n"));
  } finally {
    clearInterval(log);
  }
  expect(heard.changes).toBe(1);
});

test("a link to a file in another folder: the file changes, then the link", async () => {
  for (const name of ["etc", "one", "two"]) mkdirSync(join(folder, name));
  const real = (name: string) => join(folder, name, "real.yaml");
  const file = join(folder, "etc", "hearth.yaml");
  writeFileSync(real("one"), "");
  writeFileSync(real("two"), "listen: 2\n");
  symlinkSync(real("one"), file);
  const { change } = watch(file);
  await change(() => writeFileSync(real("one"), "listen: 1\n"));
  await change(() => {
    symlinkSync(real("two"), `${file}~`);
    renameSync(`${file}~`, file);
  });
  await change(() => writeFileSync(real("two"), "listen: 3\n"));
});

test("a Kubernetes ConfigMap: the link to the folder of data is replaced and the old folder goes", async () => {
  const publish = (version: string, text: string) => {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, "hearth.yaml"), text);
    symlinkSync(version, join(folder, "..data_tmp"));
    renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
  };
  publish("..1", "");
  symlinkSync("..data/hearth.yaml", join(folder, "hearth.yaml"));
  const { heard, change } = watch(join(folder, "hearth.yaml"));
  for (const version of [2, 3]) {
    await change(() => {
      publish(`..${version}`, `listen: ${version}\n`);
      rmSync(join(folder, `..${version - 1}`), { recursive: true });
    });
  }
  expect(heard.changes).toBe(2);
});

test("nothing is told after it was closed, and without a file there is nothing to watch", async () => {
  const file = join(folder, "hearth.yaml");
  writeFileSync(file, "");
  const closed = watchConfig(file, () => expect.unreachable("it was closed"));
  const { change } = watch(file);
  closed.close();
  await change(() => writeFileSync(file, "listen: 1\n"));
  watchConfig(null, () => {}).close();
});
