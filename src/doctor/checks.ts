/** What `hearth doctor` looks at, in the order in which it is told: the machine first, then Hearth. */
import type { Check } from "./check.ts";
import { clocks } from "./checks/clocks.ts";
import { compose } from "./checks/compose.ts";
import { config } from "./checks/config.ts";
import { disk } from "./checks/disk.ts";
import { docker } from "./checks/docker.ts";
import { driver } from "./checks/driver.ts";
import { exposure } from "./checks/exposure.ts";
import { gpu } from "./checks/gpu.ts";
import { home } from "./checks/home.ts";
import { images } from "./checks/images.ts";
import { kernel } from "./checks/kernel.ts";
import { keys } from "./checks/keys.ts";
import { memory } from "./checks/memory.ts";
import { pageCache } from "./checks/page-cache.ts";
import { port } from "./checks/port.ts";
import { swap } from "./checks/swap.ts";
import { tokenizers } from "./checks/tokenizers.ts";
import { toolkit } from "./checks/toolkit.ts";
import { weights } from "./checks/weights.ts";

export const checks: readonly Check[] = [
  kernel,
  gpu,
  driver,
  clocks,
  memory,
  swap,
  pageCache,
  docker,
  compose,
  toolkit,
  disk,
  config,
  home,
  port,
  exposure,
  keys,
  images,
  weights,
  tokenizers,
];
