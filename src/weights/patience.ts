/** How long a download waits for what. Seconds, except where the name says otherwise. */
export interface Patience {
  /** TCP and TLS. Short: where a network drops packets silently, every source costs this once. */
  connect: number;
  /** From the request to the answer's head. */
  firstByte: number;
  /** Between two chunks of a body; after that the connection counts as cut. */
  quiet: number;
  /** For pip to say where a wheel is. */
  pip: number;
  /** How often in a row a cut download is taken up again without getting on. */
  retries: number;
  /** Before the first retry; doubles with each, up to `longestPause`. */
  pause: number;
  longestPause: number;
}

export const usualPatience: Patience = {
  connect: 5,
  firstByte: 15,
  quiet: 30,
  pip: 60,
  retries: 6,
  pause: 0.5,
  longestPause: 15,
};
