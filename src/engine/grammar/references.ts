/** Where the references of a schema lead. */
import { badField } from "../http/api-error.ts";
import { isSchema, type Schema } from "./schema.ts";

export class References {
  readonly #root: unknown;
  readonly #field: string;
  readonly #anchors = new Map<string, Schema>();
  /** A part with an address of its own: what its references mean depends on where they stand. */
  #nested = false;

  constructor(root: unknown, field: string) {
    this.#root = root;
    this.#field = field;
    this.#collect(root, 0);
  }

  /** Throws an ApiError where there is nothing, or where it leads out of the schema. */
  target(reference: string): unknown {
    if (this.#nested) throw badField(this.#field, "references are not followed where a part of it has an `$id`.");
    const [address = "", fragment = ""] = split(this.#own(reference));
    if (address !== "") throw this.#nothingAt(reference, " References must stay within the schema.");
    const decoded = this.#decoded(fragment, reference);
    if (decoded !== "" && !decoded.startsWith("/")) {
      return this.#anchors.get(decoded) ?? this.#fail(reference);
    }
    let node = this.#root;
    for (const step of decoded.split("/").slice(1)) {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
      if (typeof node !== "object" || node === null || !Object.hasOwn(node, name)) this.#fail(reference);
      node = (node as Schema)[name];
    }
    return node;
  }

  /** The schema's own address may stand before the fragment. */
  #own(reference: string): string {
    const own = isSchema(this.#root) ? this.#root.$id : undefined;
    if (typeof own !== "string" || own === "" || own === "#") return reference;
    const [address = ""] = split(own);
    return reference.startsWith(`${address}#`) || reference === address ? reference.slice(address.length) : reference;
  }

  #decoded(fragment: string, reference: string): string {
    try {
      return decodeURIComponent(fragment);
    } catch {
      return this.#fail(reference);
    }
  }

  #fail(reference: string): never {
    throw this.#nothingAt(reference, "");
  }

  #nothingAt(reference: string, more: string): Error {
    return badField(this.#field, `it has nothing at the reference ${reference.slice(0, 200)}.${more}`);
  }

  #collect(node: unknown, depth: number): void {
    if (typeof node !== "object" || node === null || depth > 200) return;
    if (isSchema(node)) {
      for (const key of ["$anchor", "$dynamicAnchor"]) {
        const name = node[key];
        if (typeof name === "string" && !this.#anchors.has(name)) this.#anchors.set(name, node);
      }
      const { $id: id } = node;
      if (typeof id === "string" && id.startsWith("#") && id.length > 1) this.#anchors.set(id.slice(1), node);
      else if (typeof id === "string" && depth > 0) this.#nested = true;
    }
    for (const inner of Object.values(node)) this.#collect(inner, depth + 1);
  }
}

function split(reference: string): string[] {
  const at = reference.indexOf("#");
  return at < 0 ? [reference, ""] : [reference.slice(0, at), reference.slice(at + 1)];
}
