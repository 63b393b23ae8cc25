/** Which models a client is told of, and which it uses. */
import type { CatalogModel } from "../catalog/catalog-model.ts";
import type { Capability, ModelStatus } from "../domain/model.ts";
import type { Lifecycle } from "../domain/model-policy.ts";
import type { Client, ConnectModel } from "./client.ts";

/** A model as the server's list or the catalog tells of it. */
export interface OfferedModel {
  id: string;
  aliases: string[];
  summary: string;
  context: number;
  capabilities: Capability[];
  status: ModelStatus;
  lifecycle: Lifecycle;
}

export interface Choice {
  models: ConnectModel[];
  model: ConnectModel;
  small: ConnectModel;
  /** What is known to go wrong with the chosen model in this client, and what to use instead. */
  warnings: string[];
}

const statusOrder: ModelStatus[] = ["recommended", "validated", "manual", "experimental", "disabled"];

/** `wanted`: an id or alias. Null where nothing that is offered goes with the client. */
export function chooseModels(
  client: Client,
  offered: OfferedModel[],
  catalog: ReadonlyMap<string, CatalogModel>,
  wanted: string | undefined,
): Choice | null {
  const chats = offered.filter(({ capabilities, status }) => capabilities.includes("chat") && status !== "disabled");
  const fitting = chats.filter((model) => fits(client, model, catalog));
  const named =
    wanted === undefined ? undefined : chats.find(({ id, aliases }) => id === wanted || aliases.includes(wanted));
  const main = wanted === undefined ? best(client, fitting, catalog) : named;
  if (main === undefined) return null;
  const listed = fitting.includes(main) ? fitting : [main, ...fitting];
  const models = new Map(listed.map((model) => [model, told(model, catalog)]));
  const utility = chats.find(({ lifecycle }) => lifecycle === "utility") ?? main;
  return {
    models: [...models.values()],
    model: models.get(main)!,
    small: models.get(utility) ?? told(utility, catalog),
    warnings: warningsFor(client, main, catalog),
  };
}

function fits(client: Client, { id, capabilities }: OfferedModel, catalog: ReadonlyMap<string, CatalogModel>): boolean {
  return (!client.needsTools || capabilities.includes("tools")) && incompatibility(client, id, catalog) === undefined;
}

function best(
  client: Client,
  models: OfferedModel[],
  catalog: ReadonlyMap<string, CatalogModel>,
): OfferedModel | undefined {
  const rank = (model: OfferedModel): number[] => [
    model.lifecycle === "utility" ? 1 : 0,
    model.context >= client.needsContext ? 0 : 1,
    statusOrder.indexOf(model.status),
    client.needsTools && !catalog.get(model.id)?.facts.goodFor?.includes("agents") ? 1 : 0,
  ];
  return models.toSorted((a, b) => compare(rank(a), rank(b)))[0];
}

function compare(a: number[], b: number[]): number {
  return a.map((value, index) => value - b[index]!).find((difference) => difference !== 0) ?? 0;
}

/** The catalog's limits leave room for what clients count differently. */
function told(model: OfferedModel, catalog: ReadonlyMap<string, CatalogModel>): ConnectModel {
  const limits = catalog.get(model.id)?.facts.clientLimits;
  const context = Math.min(limits?.context ?? model.context, model.context);
  const able = new Set(model.capabilities);
  return {
    ...{ id: model.id, summary: model.summary, context },
    output: Math.min(limits?.output ?? 8192, Math.floor(context / 4)),
    ...{ tools: able.has("tools"), vision: able.has("vision"), reasoning: able.has("reasoning") },
  };
}

function incompatibility({ title }: Client, id: string, catalog: ReadonlyMap<string, CatalogModel>) {
  return catalog.get(id)?.facts.incompatible?.find(({ client }) => client.toLowerCase() === title.toLowerCase());
}

function warningsFor(client: Client, model: OfferedModel, catalog: ReadonlyMap<string, CatalogModel>): string[] {
  const known = incompatibility(client, model.id, catalog);
  const { title, needsContext, needsTools } = client;
  return [
    ...(known === undefined ? [] : [`${model.id} does not go with ${title}: ${known.why} Use ${known.use}.`]),
    ...(needsTools && !model.capabilities.includes("tools")
      ? [`${model.id} calls no tools; ${title} is of little use without them.`]
      : []),
    ...(known === undefined && model.context < needsContext
      ? [
          `${model.id} takes ${model.context} tokens; ${title} soon needs ${needsContext}. Its requests will be refused then.`,
        ]
      : []),
  ];
}
