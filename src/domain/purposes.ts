/** What people want a model for. The catalog says which models are good for what; the chooser asks. */
export const purposes = [
  "agents",
  "audio",
  "chat",
  "coding",
  "embeddings",
  "helper",
  "long-context",
  "math",
  "ocr",
  "reasoning",
  "reranking",
  "translation",
  "trying-out",
  "unrestricted",
  "vision",
  "writing",
] as const;

export type Purpose = (typeof purposes)[number];
