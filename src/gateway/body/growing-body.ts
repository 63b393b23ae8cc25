/**
 * The bytes of a body as they come: not copied where one chunk is all, else put into memory of their own, which `drop`
 * gives back at once. Left to the garbage collector, uploads that broke off would stay for as long as nothing happens.
 */

/** Where a length is not announced, memory grows by this at least, and by half of what there is. */
const leastSlab = 256 * 1024;

export class GrowingBody {
  length = 0;
  readonly #declared: number;
  #first: Buffer | null = null;
  /** Memory that nothing else lies in; all but the last are full. */
  #slabs: Buffer[] = [];
  /** Of the last slab. */
  #used = 0;

  /** `declared`: its length where that was announced, else 0. No more than that is added then. */
  constructor(declared: number) {
    this.#declared = declared;
  }

  add(chunk: Buffer): void {
    if (this.length === 0 && chunk.length >= this.#declared) this.#first = chunk;
    else {
      if (this.#first !== null) this.#copy(this.#first);
      this.#first = null;
      this.#copy(chunk);
    }
    this.length += chunk.length;
  }

  /** All of it. */
  bytes(): Buffer {
    if (this.#first !== null) return this.#first;
    const [only = Buffer.alloc(0)] = this.#slabs;
    const whole = this.#slabs.length <= 1 ? only.subarray(0, this.length) : Buffer.concat(this.#slabs, this.length);
    if (this.#slabs.length > 1) this.#free();
    this.#slabs = [];
    return whole;
  }

  /** Nobody wants it any more. Nothing happens to bytes that have been taken. */
  drop(): void {
    this.#first = null;
    this.#free();
  }

  #copy(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      let slab = this.#slabs.at(-1);
      if (slab === undefined || this.#used === slab.length) {
        slab = Buffer.allocUnsafeSlow(this.#declared || Math.max(leastSlab, this.length >> 1));
        this.#slabs.push(slab);
        this.#used = 0;
      }
      const copied = chunk.copy(slab, this.#used, at);
      this.#used += copied;
      at += copied;
    }
  }

  #free(): void {
    for (const { buffer } of this.#slabs.splice(0)) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }
}
