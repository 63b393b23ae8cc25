import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Whether one of these processes listens on the TCP port; null where the system does not say. */
export function listensOn(pids: number[], port: number): boolean | null {
  if (process.platform !== "linux") return null;
  const inodes = new Set([...listeners("/proc/net/tcp", port), ...listeners("/proc/net/tcp6", port)]);
  return pids.some((pid) => socketsOf(pid).some((inode) => inodes.has(inode)));
}

/** Inodes of the sockets that listen on a port. Columns: `man 5 proc_net_tcp`; state 0A = LISTEN. */
function listeners(file: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return lines(file)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(wanted) && columns[3] === "0A")
    .map((columns) => columns[9]!);
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const found = /^socket:\[(\d+)\]$/.exec(linkTarget(`/proc/${pid}/fd/${fd}`));
      return found === null ? [] : [found[1]!];
    });
  } catch {
    return [];
  }
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
