/** What an engine has to do for a request. How long an answer takes is measured by model and kind of work. */
export const works = [
  "chat",
  "text",
  "embeddings",
  "ranking",
  "transcription",
  "speech",
  "images",
  "tokens",
  /** Nothing: its model is to be there. */
  "presence",
] as const;

export type Work = (typeof works)[number];

/** Usual seconds of one answer, by kind of work; of what was never measured nothing. */
export type ServiceTimes = Readonly<Partial<Record<Work, number>>>;
