/**
 * The JSON-Schema-Test-Suite against the embedded engine's grammars: where all keywords of a group's schema are enforced,
 * no invalid instance may be accepted. What no grammar can say is named to the client, and held by nobody.
 */
import { afterAll, expect, test } from "vitest";
import { grammarText } from "../../src/engine/grammar/json-rules.ts";
import { SchemaRules } from "../../src/engine/grammar/schema-rules.ts";
import { GrammarJudge } from "../support/engine/grammar-judge.ts";
import { type SchemaGroup, schemaGroups } from "./support/json-schema-suite.ts";

/** So many are enforced whole today; fewer would be a loss. */
const enforcedGroups = 324;

const suite = await schemaGroups();
const judge = new GrammarJudge();
afterAll(() => judge.close());

/** Null of a schema that is refused, as one with keywords that no answer could be held to. */
function rulesOf({ schema }: SchemaGroup): { grammar: string; isEnforced: boolean } | null {
  try {
    const rules = new SchemaRules(schema, "schema", "s");
    return { grammar: grammarText(rules.expression(), rules.rules), isEnforced: rules.left.size === 0 };
  } catch {
    return null;
  }
}

test("no invalid instance is accepted where all keywords are enforced, and no fewer are than before", async ({
  skip,
}) => {
  if ("missing" in suite) return skip(suite.missing);
  const accepted: string[] = [];
  let enforced = 0;
  for (const group of suite.groups) {
    const rules = rulesOf(group);
    if (rules === null || !rules.isEnforced || !(await compiles(rules.grammar))) continue;
    enforced += 1;
    for (const { description, data, valid } of group.tests) {
      if (!valid && (await judge.takes(rules.grammar, JSON.stringify(data))))
        accepted.push(`${group.name}: ${description}`);
    }
  }
  expect(accepted).toEqual([]);
  expect(enforced).toBeGreaterThanOrEqual(enforcedGroups);
  console.log(`${enforced} of ${suite.groups.length} groups are enforced whole`);
});

/** llama.cpp takes it for a grammar. */
async function compiles(grammar: string): Promise<boolean> {
  try {
    await judge.takes(grammar, "0");
    return true;
  } catch {
    return false;
  }
}
