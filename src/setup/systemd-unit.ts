/** A systemd unit that keeps Hearth running from boot on. Pure. https://www.freedesktop.org/software/systemd/man/systemd.service.html */

export interface UnitOrder {
  /** Program and arguments. */
  command: readonly string[];
  /** HEARTH_HOME, absolute. */
  home: string;
  /** Of the system's service manager, or of one user's. */
  of: "system" | "user";
  /** PATH, with which nvidia-smi and the like are found. */
  path: string;
}

export function systemdUnit({ command, home, of, path }: UnitOrder): string {
  // A user's manager knows no units of the system.
  const after = of === "system" ? "After=network-online.target docker.service\nWants=network-online.target\n" : "";
  return `# Made by \`hearth setup --service\`.
[Unit]
Description=Hearth: large language models on demand
${after}
[Service]
ExecStart=${command.map(quoted).join(" ")}
WorkingDirectory=${escaped(home)}
Environment=${quoted(`HEARTH_HOME=${home}`)} ${quoted(`PATH=${path}`)}
UMask=0077
Restart=on-failure
RestartSec=5
# Engines are Hearth's to stop: those that outlive its sudden end are found again by the next start.
KillMode=process
# Running answers finish first (policy.stopGrace), then engines end.
TimeoutStopSec=120

[Install]
WantedBy=${of === "system" ? "multi-user.target" : "default.target"}
`;
}

/** As a word of a command line: `%` and `$` mean nothing in it. */
function quoted(word: string): string {
  return `"${escaped(word)
    .replace(/[\\"]/g, "\\$&")
    .replaceAll("$", () => "$$")}"`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%%");
}
