/** A call that the guard does not pass on. The message names what was wrong with it and, where there is one, the setting. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Refusal";
  }
}
