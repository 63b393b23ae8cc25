import type { Client } from "../client.ts";

/** It takes its connection from the environment at its first start, and from its own database afterwards. */
export const openWebui: Client = {
  name: "open-webui",
  title: "Open WebUI",
  summary: "chat in the browser, for the whole house",
  needsTools: false,
  needsContext: 0,
  setup({ origin, key, model, small }) {
    const address = fromContainer(origin);
    const variables = {
      OPENAI_API_BASE_URL: `${address}/v1`,
      OPENAI_API_KEY: key,
      // Titles and tags follow every chat: without a model beside the big one they stay with the model of that chat.
      ...(small.id === model.id ? {} : { TASK_MODEL_EXTERNAL: small.id }),
      ENABLE_OLLAMA_API: "false",
      AIOHTTP_CLIENT_TIMEOUT: "1800",
    };
    const local = address !== origin;
    return {
      files: [],
      env: variables,
      steps: [
        `Where these are set: docker run -d -p 3000:8080 ${local ? "--add-host host.docker.internal:host-gateway " : ""}${Object.keys(
          variables,
        )
          .map((name) => `-e ${name} `)
          .join("")}-v open-webui:/app/backend/data ghcr.io/open-webui/open-webui:main`,
        ...(local
          ? [
              "A container does not reach 127.0.0.1 of its host: Hearth must listen for it, `listen: 0.0.0.0:8009` with keys of your own.",
            ]
          : []),
        "Where it has run before: Admin Panel > Settings > Connections > OpenAI API, the same address and key.",
      ],
    };
  },
};

/** As the host of a container is called from inside. */
function fromContainer(origin: string): string {
  return origin.replace(/\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/, "//host.docker.internal");
}
