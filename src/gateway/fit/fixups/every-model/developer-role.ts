import { withEach } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const hello = { role: "user", content: "Hello" };

export const developerRole: GeneralFixup = {
  name: "developer-role",
  about: "For every model: messages of the role `developer` are the system's, as templates know no other name for it.",
  example: {
    before: { messages: [{ role: "developer", content: "Be brief." }, hello] },
    after: { messages: [{ role: "system", content: "Be brief." }, hello] },
  },
  marks: ["developer"],
  mayChange: (_, { words }, form) => form === "chat" && words.has("developer"),
  apply(body, form) {
    if (form !== "chat") return body;
    return withEach(body, "messages", (one) => (one.role === "developer" ? { ...one, role: "system" } : one));
  },
};
