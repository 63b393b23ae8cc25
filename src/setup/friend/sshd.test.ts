import { expect, test } from "vitest";
import { dropIn, isAccountName, keyLine } from "./sshd.ts";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGb9 ann@laptop";

test("a friend's key opens one port and nothing else", () => {
  expect(keyLine(`${key}\n`, 8009)).toBe(
    `restrict,port-forwarding,permitopen="127.0.0.1:8009",permitopen="localhost:8009",permitopen="[::1]:8009" ${key}\n`,
  );
  expect(dropIn(9000)).toContain("PermitOpen 127.0.0.1:9000 localhost:9000 [::1]:9000\n");
});

test.each([
  ["", /no public key/],
  [`${key}\n${key}`, /no public key/],
  [`command="sh" ${key}`, /no public key/],
  [`no-such-type ${key.slice(12)}`, /no public key/],
  [`${key}\ncommand="sh" ssh-rsa AAAA`, /no public key/],
  ["-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz", /a private key, which nobody but its owner/],
])("%j is refused, whatever it would bring", (text, says) => {
  expect(() => keyLine(text, 8009)).toThrow(says);
});

test.each(["", "Ann", "-ann", "ann smith", "../ann", "ann\nMatch all", "a".repeat(32), "%u"])(
  "%j is no name of an account",
  (name) => {
    expect(isAccountName(name)).toBe(false);
  },
);
