/** What SSH's server is told of friends: accounts that may reach Hearth's port and do nothing else. Pure. See sshd_config(5), sshd(8). */

/** Whoever is in it is held to the rules below. */
export const friendsGroup = "hearth-friends";
export const keysFolder = "/etc/ssh/hearth-friends";
export const dropInFile = "/etc/ssh/sshd_config.d/50-hearth-friends.conf";
/** In place of a shell, on every distribution that has one. */
export const noShell = "/usr/sbin/nologin";

/** Each rule stands for itself: what one release of OpenSSH forgets, another rule still refuses. */
export function dropIn(port: number): string {
  return `# Made by \`hearth setup --friend\`: these accounts may forward Hearth's port, and nothing else.
Match Group ${friendsGroup}
    AuthorizedKeysFile ${keysFolder}/%u
    AuthenticationMethods publickey
    # Neither shell, command nor file transfer.
    MaxSessions 0
    ForceCommand ${noShell}
    PermitTTY no
    PermitUserRC no
    # One port, in one direction.
    AllowTcpForwarding local
    PermitOpen ${targets(port).join(" ")}
    PermitListen none
    AllowStreamLocalForwarding no
    AllowAgentForwarding no
    X11Forwarding no
    PermitTunnel no
    # A laptop that has gone away is not waited for.
    ClientAliveInterval 60
    ClientAliveCountMax 3
Match all
`;
}

function targets(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

const publicKey =
  /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+={0,3}(?: [^\n]*)?$/;

/** The line of a friend's file of keys. Throws an Error where the text is no single public key, or brings options of its own. */
export function keyLine(text: string, port: number): string {
  const key = text.trim();
  if (!publicKey.test(key)) {
    throw new Error(
      key.includes("PRIVATE KEY")
        ? "That is a private key, which nobody but its owner may have. Take the file that ends in .pub."
        : "That is no public key of SSH's: one line that begins with ssh-ed25519 or the like, as in ~/.ssh/id_ed25519.pub.",
    );
  }
  const open = targets(port).map((target) => `permitopen="${target}"`);
  return `restrict,port-forwarding,${open.join(",")} ${key}\n`;
}

/** As useradd takes it everywhere, and as it means nothing in a file of rules. */
export function isAccountName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,30}$/.test(name);
}
