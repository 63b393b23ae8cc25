/** One request for each route of each API, with everything in it that the API has. */

const schema = { type: "object", properties: { path: { type: "string" } } };
const image = "iVBORw0KGgo=";

const geminiRequest = {
  systemInstruction: { parts: [{ text: "be kind" }] },
  contents: [
    { role: "user", parts: [{ text: "hi" }, { inlineData: { mimeType: "image/png", data: image } }] },
    {
      role: "model",
      parts: [
        { text: "hm", thought: true },
        { text: "I look.", thoughtSignature: "c2ln" },
        { functionCall: { id: "c", name: "read", args: { path: "a" } } },
      ],
    },
    { role: "user", parts: [{ functionResponse: { id: "c", name: "read", response: { output: "gone" } } }] },
    { role: "user", parts: [{ fileData: { mimeType: "image/png", fileUri: "https://example.org/a.png" } }] },
  ],
  tools: [
    {
      functionDeclarations: [
        {
          name: "read",
          description: "reads",
          parameters: { type: "OBJECT", properties: { path: { type: "STRING" } } },
        },
      ],
    },
    { googleSearch: {} },
  ],
  toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["read"] } },
  generationConfig: {
    temperature: 1,
    topP: 1,
    topK: 5,
    maxOutputTokens: 10,
    stopSequences: ["END"],
    seed: 1,
    presencePenalty: 0,
    frequencyPenalty: 0,
    candidateCount: 1,
    responseMimeType: "application/json",
    responseJsonSchema: schema,
    thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 },
  },
  safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
};

export const validBodies = {
  "/v1/chat/completions": {
    model: "a",
    messages: [
      { role: "system", content: "be kind" },
      { role: "user", content: [{ type: "text", text: "hi" }] },
    ],
    max_tokens: 10,
    stream: false,
  },
  "/v1/messages": {
    model: "a",
    max_tokens: 10,
    system: [{ type: "text", text: "be kind", cache_control: { type: "ephemeral" } }],
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "hi" },
          { type: "image", source: { type: "base64", media_type: "image/png", data: image } },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm", signature: "" },
          { type: "tool_use", id: "t", name: "read", input: { path: "a" } },
        ],
      },
      {
        role: "user",
        content: [{ type: "tool_result", tool_use_id: "t", content: [{ type: "text", text: "gone" }], is_error: true }],
      },
      { role: "system", content: "hurry" },
    ],
    tools: [
      { name: "read", description: "reads", input_schema: schema },
      { type: "web_search_20250305", name: "web_search" },
    ],
    tool_choice: { type: "tool", name: "read" },
    stop_sequences: ["END"],
    temperature: 1,
    top_p: 1,
    top_k: 5,
    metadata: { user_id: "ann" },
    thinking: { type: "enabled", budget_tokens: 1024 },
    output_config: { effort: "low" },
    stream: false,
  },
  "/v1/responses": {
    model: "a",
    instructions: "be kind",
    input: [
      { role: "developer", content: "x" },
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_text", text: "hi" },
          { type: "input_image", image_url: `data:image/png;base64,${image}` },
        ],
      },
      { type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "hm" }] },
      { type: "function_call", call_id: "c", name: "read", arguments: "{}" },
      { type: "function_call_output", call_id: "c", output: "gone" },
      { type: "custom_tool_call", call_id: "d", name: "patch", input: "***" },
      { type: "custom_tool_call_output", call_id: "d", output: [{ type: "input_text", text: "done" }] },
    ],
    tools: [
      { type: "function", name: "read", parameters: schema },
      { type: "custom", name: "patch" },
      { type: "web_search" },
    ],
    tool_choice: { type: "function", name: "read" },
    parallel_tool_calls: true,
    reasoning: { effort: "low", summary: "auto" },
    text: { format: { type: "json_schema", name: "n", schema, strict: true } },
    max_output_tokens: 10,
    temperature: 1,
    top_p: 1,
    metadata: { a: "b" },
    user: "ann",
    stream: false,
  },
  "/v1/responses/compact": {
    model: "a",
    instructions: "be kind",
    input: [
      { role: "user", content: "hi" },
      { type: "compaction", encrypted_content: "hearth:aGk" },
    ],
  },
  "/api/chat": {
    model: "a",
    messages: [
      { role: "user", content: "hi", images: [image] },
      {
        role: "assistant",
        content: "",
        thinking: "hm",
        tool_calls: [{ function: { name: "read", arguments: { path: "a" } } }],
      },
      { role: "tool", content: "gone", tool_name: "read" },
    ],
    tools: [{ type: "function", function: { name: "read", description: "reads", parameters: schema } }],
    format: schema,
    options: { num_predict: 10, temperature: 1, stop: ["x"], num_ctx: 100 },
    think: true,
    keep_alive: "5m",
    stream: false,
  },
  "/api/generate": {
    model: "a",
    prompt: "hi",
    system: "be kind",
    images: [image],
    raw: false,
    format: "json",
    options: { seed: 1 },
    keep_alive: 300,
    stream: false,
  },
  "/api/embed": { model: "a", input: ["x", "y"], truncate: true, dimensions: 4, keep_alive: 60 },
  "/api/embeddings": { model: "a", prompt: "x" },
  "/v1beta/models/{model}:generateContent": geminiRequest,
  "/v1beta/models/{model}:streamGenerateContent?alt=sse": geminiRequest,
  "/v1beta/models/{model}:streamGenerateContent": geminiRequest,
  "/v1beta/models/{model}:embedContent": {
    content: { parts: [{ text: "x" }] },
    taskType: "RETRIEVAL_QUERY",
    outputDimensionality: 4,
  },
  "/v1beta/models/{model}:batchEmbedContents": {
    requests: [{ model: "models/a", content: { parts: [{ text: "x" }] } }],
  },
} satisfies Record<string, object>;
