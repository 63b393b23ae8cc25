/** What one request came to in tokens. */
export interface TokenCounts {
  /** Of the prompt, those from the cache too. */
  in: number;
  /** Of the answer, its thoughts too. */
  out: number;
  /** Of the prompt's, taken from the engine's cache. */
  cached: number;
  /** Of the answer's, thoughts. */
  reasoning: number;
  /** Nobody has counted them: from the bytes that passed. */
  estimated: boolean;
}
