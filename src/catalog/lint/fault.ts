/** What is wrong with a model's file, and at which of its keys. */
export interface Fault {
  path: (string | number)[];
  message: string;
}
