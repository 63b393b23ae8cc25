import { z } from "zod";
import { text } from "../../config/schema/fields.ts";
import type { FoundRequests } from "../../store/tasks.ts";
import type { ControlContext } from "../context.ts";
import { csvLine, flattened } from "../csv.ts";
import { type Route, route } from "../route.ts";
import { openRequest } from "../schema/open-request.ts";
import { count, instant } from "../schema/parameters.ts";
import { beginStream, writeAll } from "../streaming.ts";

const record = z
  .object({
    id: z.string().meta({ description: "The answer's `x-request-id`." }),
    at: z.number().meta({ description: "When it came. Seconds since the epoch." }),
    key: z.string().nullable().meta({ description: "Name of the key; null where it was refused for want of one." }),
    api: z.string().meta({ description: "The API that the client spoke." }),
    route: z.string(),
    modelAsked: z.string().nullable().meta({ description: "As the client named it, cut to 200 characters." }),
    modelServed: z.string().nullable().meta({ description: "The id of the model that it came to." }),
    status: z.int().meta({ description: "What the client got; 499: it went away." }),
    problem: z.string().nullable().meta({ description: "The code of why it failed, also after its answer had begun." }),
    streaming: z.boolean(),
    waitMs: z.number().nullable().meta({ description: "From its acceptance to its engine; null where it got none." }),
    loadMs: z.number().nullable().meta({ description: "Of that wait, what its model took to load." }),
    firstByteMs: z.number().nullable().meta({ description: "From its acceptance to the engine's first byte." }),
    totalMs: z.number().meta({ description: "From its first byte here to its end." }),
    machineMs: z.number().meta({ description: "Its share of the time in which engines worked." }),
    tokens: z
      .object({
        in: z.int(),
        out: z.int(),
        cached: z.int().meta({ description: "Of `in`, those from the engine's cache." }),
        reasoning: z.int().meta({ description: "Of `out`, thoughts." }),
        estimated: z.boolean().meta({ description: "Nobody has counted them: from the bytes that passed." }),
      })
      .nullable()
      .meta({ id: "TokenCounts", description: "Null where no engine answered, or its answer has none." }),
    tokensPerSecond: z.number().nullable().meta({ description: "Of the answer, once it had begun." }),
    requestBytes: z.int(),
    answerBytes: z.int(),
    caused: z
      .enum(["load", "switch"])
      .nullable()
      .meta({ description: "It started its model, or had another one stopped for it as well." }),
    fixups: z.array(z.string()).meta({ description: "What was corrected, in the request or the answer." }),
  })
  .meta({ id: "RequestRecord" });

const period = {
  model: text().optional().meta({ description: "Of this model only, asked for or served." }),
  from: instant().meta({ description: "That came then or later: seconds since the epoch." }),
  to: instant().meta({ description: "That came before: seconds since the epoch." }),
};
const ofKey = { key: text().optional().meta({ description: "Of the key of this name only." }) };
const page = {
  limit: count({ most: 1000, usual: 100 }).meta({ description: "At most so many." }),
  before: instant().meta({ description: "The ones after those: the `next` of the answer before." }),
};

const answer = z.object({
  requests: z.array(record),
  next: z.int().nullable().meta({ description: "For `before`: where the next ones begin. Null: there are no more." }),
});

export const requestRoutes = ({ requests, people }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/requests/open",
    id: "listOpenRequests",
    summary: "Requests that wait or are answered now, the oldest first: whose they are and what they wait for",
    answers: { 200: { description: "The requests.", schema: z.object({ requests: z.array(openRequest) }) } },
    run: () => ({ requests: people.open() }),
  }),
  route({
    method: "GET",
    path: "/requests",
    id: "listRequests",
    summary:
      "Requests that are over, the newest first: who asked what, how long it took and how it ended; never content",
    query: z.strictObject({ ...page, ...ofKey, ...period }),
    answers: {
      200: {
        description: "The records. `usage.keep` says how long they are kept, the newest million of them.",
        schema: answer,
      },
    },
    run: ({ query }) => requests.find(query),
  }),
  route({
    method: "GET",
    path: "/requests.csv",
    id: "exportRequests",
    summary: "All of them as a table for spreadsheets, the newest first",
    query: z.strictObject({ ...ofKey, ...period }),
    answers: { 200: { description: "A line a request, with names of the columns first.", contentType: "text/csv" } },
    async run({ query, reply, gone }) {
      const first = await requests.find({ ...query, limit: pageRows });
      reply.header("content-disposition", 'attachment; filename="requests.csv"');
      beginStream(reply, "text/csv; charset=utf-8");
      await writeAll(
        reply,
        lines(first, (before) => requests.find({ ...query, before, limit: pageRows })),
        gone,
      );
    },
  }),
  route({
    method: "GET",
    path: "/me/requests",
    id: "listOwnRequests",
    access: "user",
    summary: "Requests of your own key that are over, the newest first",
    query: z.strictObject({ ...page, ...period }),
    answers: { 200: { description: "The records.", schema: answer } },
    run: ({ query, request }) => requests.find({ ...query, key: request.key!.name }),
  }),
];

const pageRows = 1000;
const tokenNames = ["in", "out", "cached", "reasoning", "estimated"];
const columns = Object.keys(record.shape).flatMap((name) =>
  name === "tokens" ? tokenNames.map((one) => `tokens.${one}`) : [name],
);

async function* lines(first: FoundRequests, after: (before: number) => Promise<FoundRequests>): AsyncGenerator<string> {
  yield csvLine(columns);
  for (let found = first; ; found = await after(found.next)) {
    const text = found.requests.map((one) => {
      const flat = flattened(one);
      return csvLine(columns.map((name) => flat[name]));
    });
    yield text.join("");
    if (found.next === null) return;
  }
}
