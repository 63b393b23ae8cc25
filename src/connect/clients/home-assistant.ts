import type { Client } from "../client.ts";
import { withKey } from "../key-in-path.ts";

/** Set up by its own forms alone. */
export const homeAssistant: Client = {
  name: "home-assistant",
  title: "Home Assistant",
  summary: "voice and automation of the house",
  needsTools: true,
  needsContext: 8000,
  setup({ origin, key, model }) {
    const local = /\/\/(127\.|localhost|\[::1\])/.test(origin);
    return {
      files: [],
      env: {},
      steps: [
        `Settings > Devices & services > Add integration > Ollama: URL ${origin}, API key ${key}.`,
        `It asks for a key since version 2026.4. An older one takes the key in the address: URL ${withKey(origin, key)}.`,
        `In its conversation agent: model ${model.id}, context window ${Math.min(model.context, 16_384)}, "Assist" under "Control Home Assistant", and expose 25 entities or fewer.`,
        "Use a key without admin rights: Home Assistant asks to keep its model loaded for ever, which only an admin's key gets.",
        ...(local
          ? [
              "Home Assistant on another machine does not reach this address: let Hearth listen on 0.0.0.0 with keys of your own, and give --url with this machine's name.",
            ]
          : []),
      ],
    };
  },
};
