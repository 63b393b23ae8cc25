/** Variables of an engine. The nvidia runtime's hooks run on the host, as root, with the container's environment. */
import { covers, type Names } from "./names.ts";

/**
 * What engines are told by. A list of what is allowed: a variable by which a library of tomorrow loads files is refused
 * today. HEARTH_GUARD_ENV adds to it.
 */
const engineVariables: Names = [
  ...[
    "HEARTH_ENGINE_KEY",
    "VLLM_*",
    "SGLANG_*",
    "HF_*",
    "TRANSFORMERS_*",
    "TOKENIZERS_*",
    "TIKTOKEN_*",
    "SAFETENSORS_*",
  ],
  ...[
    "TILELANG_*",
    "TORCH_*",
    "TORCHINDUCTOR_*",
    "PYTORCH_*",
    "TRITON_*",
    "FLASHINFER_*",
    "CUTE_*",
    "B12X_*",
    "NCCL_*",
    "OMP_*",
    "MKL_*",
  ],
  ...["CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "CUDA_LAUNCH_BLOCKING", "CUDA_MODULE_LOADING"],
  // How many compilers run at once at a first start.
  ...["MAX_JOBS", "CMAKE_BUILD_PARALLEL_LEVEL"],
  ...["PYTHONUNBUFFERED", "NO_COLOR", "LANG", "LC_ALL", "DO_NOT_TRACK"],
];

/** Whether a caller may give an engine this `NAME=value`. */
export function mayBeSet(entry: string, more: Names): boolean {
  const name = nameOf(entry);
  return covers(more, name) || (covers(engineVariables, name) && !reachesLoader(entry));
}

/**
 * The first variable of a container, its image's included, with which the host's loader or C library would open files
 * of the image's choice; null where there is none.
 */
export function loaderVariable(env: readonly string[], more: Names): string | null {
  const found = env.find((entry) => reachesLoader(entry) && !covers(more, nameOf(entry)));
  return found === undefined ? null : nameOf(found);
}

/**
 * What the GNU C library itself ignores in programs with privileges (its list of unsecure variables,
 * sysdeps/generic/unsecvars.h, and everything of the loader's and the allocator's that may still come).
 */
const unsecure =
  /^(LD_.*|MALLOC_.*|GCONV_PATH|GETCONF_DIR|GLIBC_TUNABLES|HOSTALIASES|LOCALDOMAIN|LOCPATH|NIS_PATH|NLSPATH|RESOLV_HOST_CONF|RES_OPTIONS|TMPDIR|TZDIR)$/;

function reachesLoader(entry: string): boolean {
  const name = nameOf(entry);
  if (name === "LD_LIBRARY_PATH") return !isHostsOwn(entry.slice(name.length + 1));
  return unsecure.test(name);
}

/**
 * Every CUDA image sets LD_LIBRARY_PATH. Absolute folders are the host's own for a hook; a relative or empty one is the
 * image's, since hooks begin in the container's root folder.
 */
function isHostsOwn(path: string): boolean {
  return path.split(":").every((folder) => folder.startsWith("/"));
}

function nameOf(entry: string): string {
  return entry.split("=", 1)[0]!;
}
