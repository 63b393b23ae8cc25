import type { RequestFixup } from "./fixup.ts";
import { plainText, withEachMessage } from "./message.ts";

export const flattenText: RequestFixup = {
  name: "flatten-text",
  about:
    "For templates that take only strings: content in text parts is joined to one string. Content with any other part is left as it is.",
  example: {
    before: {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Read this." },
            { type: "text", text: "Then answer." },
          ],
        },
      ],
    },
    after: { messages: [{ role: "user", content: "Read this.\n\nThen answer." }] },
  },
  apply: (body) =>
    withEachMessage(body, (message) => {
      const text = plainText(message.content);
      return text === null || text === message.content ? message : { ...message, content: text };
    }),
};
