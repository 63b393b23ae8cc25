import { z } from "zod";
import type { ControlContext } from "../context.ts";
import { modelNamed } from "../model-named.ts";
import { type Route, route } from "../route.ts";
import { count, flag, modelParams } from "../schema/parameters.ts";
import { beginStream, writeAll } from "../streaming.ts";

export const logRoutes = ({ link }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/models/{id}/logs",
    id: "readLogs",
    summary: "What a model's engine said, also after it has ended",
    params: modelParams,
    query: z.strictObject({
      lines: count({ most: 100_000, usual: 100 }).meta({ description: "How many of the last lines." }),
      follow: flag().meta({ description: "Go on with every new line until the client goes away." }),
    }),
    answers: { 200: { description: "Lines of text.", contentType: "text/plain" } },
    async run({ params, query, reply, gone }) {
      const { id } = modelNamed(link, params.id);
      beginStream(reply, "text/plain; charset=utf-8");
      await writeAll(reply, endedLines(link.logs(id, { ...query, signal: gone })), gone);
    },
  }),
];

async function* endedLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
