/** An answer of a local route that comes as lines of JSON, one after the other. A Problem that is thrown becomes the last one. */
export class JsonLines {
  readonly lines: AsyncIterable<object>;

  constructor(lines: AsyncIterable<object>) {
    this.lines = lines;
  }
}
