import { isObject } from "../../domain/json-object.ts";
import { membersOf, withMembers } from "./members.ts";
import { written } from "./request-body.ts";

/** Changes to the members of a JSON object, of which only those that somebody looks at are parsed. */
export class MemberDraft {
  readonly #bytes: Buffer;
  readonly #members;
  readonly #changes = new Map<string, unknown>();

  /** `bytes`: known to be a JSON object. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#members = membersOf(bytes);
  }

  /** Undefined where there is none. Of a name that occurs twice the last, as JSON.parse has it. */
  value(name: string): unknown {
    if (this.#changes.has(name)) return this.#changes.get(name);
    const member = this.#members.findLast((one) => one.name === name);
    return member === undefined ? undefined : JSON.parse(this.#bytes.toString("utf8", member.value, member.end));
  }

  /** Undefined takes it out. */
  put(name: string, value: unknown): void {
    this.#changes.set(name, value);
  }

  /** Takes a member out of the object at `name`; true where there was one. */
  takeInside(name: string, inner: string): boolean {
    const there = this.value(name);
    if (!isObject(there) || !Object.hasOwn(there, inner)) return false;
    const { [inner]: _, ...rest } = there;
    this.put(name, rest);
    return true;
  }

  /** As it came where nothing was changed. Throws a Problem (`invalid_request`). */
  get bytes(): Buffer {
    if (this.#changes.size === 0) return this.#bytes;
    const texts = new Map(
      [...this.#changes].map(([name, value]) => [name, value === undefined ? null : written(value)]),
    );
    return withMembers(this.#bytes, this.#members, texts);
  }
}
