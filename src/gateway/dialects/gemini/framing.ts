/** The two forms of Gemini's streams: events for `alt=sse`, else the elements of one JSON array. */

export interface Framing {
  contentType: string;
  /** `begun`: another piece went out before it. */
  piece(piece: object, begun: boolean): string;
  end: string;
  /**
   * Keeps a waiting client's connection alive. Google's clients for Python and Go break on an event stream's comments,
   * so that it is white space in both forms; in an event stream whole empty events, of which Go's counts the lines.
   */
  waiting: string;
}

export const events: Framing = {
  contentType: "text/event-stream; charset=utf-8",
  piece: (piece) => `data: ${JSON.stringify(piece)}\n\n`,
  end: "",
  waiting: "\n\n",
};

export const array: Framing = {
  contentType: "application/json; charset=utf-8",
  piece: (piece, begun) => `${begun ? ",\n" : "["}${JSON.stringify(piece)}`,
  end: "]\n",
  waiting: "\n",
};
