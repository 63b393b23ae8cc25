import { describe, expect } from "vitest";
import { keyOf, planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const path = "/hearth/v1/session";
const keys = [keyOf("boss", { role: "admin" }), keyOf("ann"), keyOf("prometheus", { role: "metrics" })];

describe("a session of the console", () => {
  const signIn = (origin: string, key: unknown, headers: Record<string, string> = {}) =>
    fetch(origin + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ key }),
    });
  const cookieOf = (answer: Response) => answer.headers.get("set-cookie")!.split(";")[0]!;
  const who = async (origin: string, cookie: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(origin + path, { headers: { cookie, ...headers } });
    return answer.ok ? ((await answer.json()) as { name: string; role: string }) : answer.status;
  };

  test("stands for the key that was given once, in a cookie that no script and no other site gets", async ({
    serve,
  }) => {
    const { origin } = await serve(new TestLink({ id: "a" }), {
      keys,
      routes: (app, { requireAdmin }) => app.post("/control", { onRequest: requireAdmin }, () => "done"),
    });
    const answer = await signIn(origin, "boss");
    expect(await answer.json()).toEqual({ name: "boss", role: "admin" });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^hearth_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
    );
    const cookie = cookieOf(answer);
    expect(await who(origin, cookie)).toEqual({ name: "boss", role: "admin" });
    expect((await fetch(`${origin}/v1/models`, { headers: { cookie } })).status).toBe(200);
    const control = (headers: Record<string, string>) => fetch(`${origin}/control`, { method: "POST", headers });
    expect((await control({ cookie, origin })).status).toBe(200);
    const user = cookieOf(await signIn(origin, " ann "));
    expect((await control({ cookie: user, origin })).status).toBe(403);
  });

  test.for([
    ["another site", { origin: "https://evil.example" }],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["a page without a name", { origin: "null" }],
    ["an image of another port", { "sec-fetch-site": "same-site" }],
  ] as const)("is nobody's to %s", async ([, headers], { serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }), { keys });
    const cookie = cookieOf(await signIn(origin, "boss"));
    expect(await who(origin, cookie, headers)).toBe(401);
    expect(await who(origin, cookie)).toMatchObject({ name: "boss" });
  });

  test("ends with a logout, and with its key", async ({ serve }) => {
    const { origin, apply } = await serve(new TestLink({ id: "a" }), { keys });
    const [one, other] = [cookieOf(await signIn(origin, "boss")), cookieOf(await signIn(origin, "boss"))];
    const ended = await fetch(origin + path, { method: "DELETE", headers: { cookie: one, origin } });
    expect(ended.headers.get("set-cookie")).toMatch(/^hearth_session=; .*Max-Age=0/);
    expect(await who(origin, one)).toBe(401);
    expect(await who(origin, other)).toMatchObject({ name: "boss" });
    apply(planFor({ keys: [keyOf("ann")] }));
    expect(await who(origin, other)).toBe(401);
  });

  test("is not given for a wrong key, one for metrics, or none", async ({ serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }), { keys });
    const code = async (key: unknown) => {
      const answer = await signIn(origin, key);
      expect(answer.headers.get("set-cookie")).toBeNull();
      return ((await answer.json()) as { error: { code: string } }).error.code;
    };
    expect(await code("wrong")).toBe("invalid_api_key");
    expect(await code("prometheus")).toBe("role_not_allowed");
    expect(await code("")).toBe("invalid_request");
    expect(await code({ key: "boss" })).toBe("invalid_request");
  });
});
