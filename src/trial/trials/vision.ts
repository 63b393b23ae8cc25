/** A picture whose colour nobody can guess wrong. */

import { TrialFailure } from "../failure.ts";
import { texts } from "../pluck.ts";
import { redPicture } from "../red-picture.ts";
import type { Trial } from "../trial.ts";

export const visionTrial: Trial = {
  name: "vision",
  group: "vision",
  needs: ["vision"],
  async run({ model, server }) {
    const picture = redPicture().toString("base64");
    const content = (url: string) => [
      { type: "text", text: "Which colour is this picture? Answer with one word." },
      { type: "image_url", image_url: { url } },
    ];
    const body = (url: string) => ({
      model: model.id,
      messages: [{ role: "user", content: content(url) }],
      max_tokens: 1024,
      temperature: 0,
    });
    const { status, text, json } = await server.send("POST", "/v1/chat/completions", {
      body: body(`data:image/png;base64,${picture}`),
    });
    const fail = (why: string) =>
      new TrialFailure(why, { sent: body("data:image/png;base64,<a red picture>"), came: json ?? text });
    if (status !== 200) throw fail(`status ${status}`);
    const answer = texts(json, ["choices.*.message.content"]);
    if (!/\bred\b/i.test(answer)) throw fail("a red picture is not called red");
    return { says: "a red picture is called red" };
  },
};
