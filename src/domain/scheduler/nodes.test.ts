import { describe, expect, test } from "vitest";
import { model, Story } from "../../../test/support/scheduler/story.ts";
import { estimateWait } from "./forecast.ts";

const two = { nodes: [110, 110] };
const stands = (story: Story, id: string) => story.state.engines[id]!.nodes;

describe("where a model is started", () => {
  test("models on different nodes load at once, where one node would have to switch", () => {
    const story = new Story([model("a"), model("b"), model("c")], two);
    story.asks("r1", "a");
    expect(story.asks("r2", "b")).toEqual(["start b"]);
    expect([stands(story, "a"), stands(story, "b")]).toEqual([["local"], ["node2"]]);
    expect(story.asks("r3", "c")).toEqual([]);
  });

  test("one that fits beside another is packed there, so that the empty node stays free for a big one", () => {
    const story = new Story([model("a", { memoryGiB: 40 }), model("b", { memoryGiB: 40 })], two).loads("a");
    story.asks("r1", "b");
    expect(stands(story, "b")).toEqual(["local"]);
  });

  test("where it stood last comes first, since its weights are there", () => {
    const story = new Story([model("a"), model("b")], two).loads("a").loads("b");
    story.stop("a");
    story.stop("b");
    story.stopped("a");
    story.stopped("b");
    story.asks("r1", "b");
    expect(stands(story, "b")).toEqual(["node2"]);
  });

  test("it waits for a load that ends soon rather than send away what is in use elsewhere", () => {
    const small = { memoryGiB: 40 };
    const story = new Story([model("a"), model("b", small), model("c", small)], { nodes: [110, 80] }).loads("a");
    story.asks("busy", "a");
    story.asks("r1", "b");
    story.at += 90;
    expect(story.asks("r2", "c")).toEqual([]);
    story.ready("b");
    expect(stands(story, "c")).toEqual(["local"]);
  });

  test("the node whose model costs the least to bring back makes room", () => {
    const story = new Story([model("a", { loadSeconds: 300 }), model("b"), model("c")], two).loads("a").loads("b");
    story.passes(150);
    expect(story.asks("r1", "c")).toEqual(["drain b (switch for c)", "stop b (switch)"]);
    expect([story.state.nodes.local!.target, story.state.nodes.node2!.target]).toEqual([null, "c"]);
    story.stopped("b");
    expect(stands(story, "c")).toEqual(["node2"]);
  });

  test("a load on another node does not lengthen the wait", () => {
    const story = new Story([model("a"), model("b", { loadSeconds: 30 })], two);
    story.asks("r1", "a");
    story.asks("r2", "b");
    const seconds = (id: string) => estimateWait(story.state, story.params, story.at, id).secondsLeft;
    expect([seconds("r1"), seconds("r2")]).toEqual([100, 30]);
  });
});

describe("a group", () => {
  const group = model("group", { nodes: 2 });

  test("starts on as many nodes as it spans, at once, and takes its memory on each", () => {
    const story = new Story([group, model("a")], two);
    expect(story.asks("r1", "group")).toEqual(["start group"]);
    expect(stands(story, "group")).toEqual(["local", "node2"]);
    expect(story.asks("r2", "a")).toEqual([]);
  });

  test("makes room on all of them, and nothing else is placed there meanwhile", () => {
    const story = new Story([group, model("a"), model("b", { memoryGiB: 20 })], two).loads("a");
    story.passes(100);
    expect(story.asks("r1", "group")).toEqual(["drain a (switch for group)", "stop a (switch)"]);
    expect(story.asks("r2", "b")).toEqual([]);
    expect(story.stopped("a")).toEqual(["start group"]);
  });

  test("is refused where there are too few nodes", () => {
    const story = new Story([group]);
    expect(story.asks("r1", "group")).toEqual(["refuse r1: insufficient_memory"]);
  });
});

describe("a node that is lost", () => {
  test("keeps its engines' memory, and they are started nowhere else", () => {
    const story = new Story([model("a"), model("b")], two).loads("a");
    story.node("local", "lost");
    expect(story.asks("r1", "a")).toEqual(["refuse r1: model_unavailable"]);
    expect(story.actions[0]).toMatchObject({ message: expect.stringContaining("a stands on local") });
    story.asks("r2", "b");
    expect(stands(story, "b")).toEqual(["node2"]);
    expect(story.state.engines.a).toMatchObject({ phase: "ready", heldGiB: 70, nodes: ["local"] });
  });

  test("is left alone: nothing idles out, drains or stops there until it is back", () => {
    const story = new Story([model("a", { idleStopSeconds: 60 })], two).loads("a");
    story.node("local", "lost");
    expect(story.stop("a")).toEqual([]);
    expect(story.passes(1000)).toEqual([]);
    expect(story.node("local", "back")).toEqual(["drain a (operator)", "stop a (operator)"]);
  });

  test("is no place for a switch any more: who drains for it serves again, and room is made elsewhere", () => {
    const story = new Story([model("a"), model("b", { loadSeconds: 50 }), model("c")], two).loads("a").loads("b");
    story.asks("long a", "a");
    story.asks("long b", "b");
    story.asks("r1", "c");
    story.passes(230);
    expect([story.phase("a"), story.phase("b")]).toEqual(["ready", "draining"]);
    expect(story.node("node2", "lost")).toEqual(["drain a (switch for c)"]);
    expect(story.phase("b")).toBe("ready");
    expect(story.leaves("long a")).toEqual(["stop a (switch)"]);
    expect(story.stopped("a")).toEqual(["start c"]);
  });

  test("takes the other nodes of a group with it only as far as the group stands there", () => {
    const story = new Story([model("group", { nodes: 2 }), model("a", { memoryGiB: 30 }), model("b")], two).loads(
      "group",
    );
    story.node("node2", "lost");
    expect(story.asks("r1", "b")).toEqual(["refuse r1: model_unavailable"]);
    story.asks("r2", "a");
    expect(stands(story, "a")).toEqual(["local"]);
  });

  test("that is no longer configured asks what stands there to go, and is forgotten with it", () => {
    const story = new Story([model("a")], two).loads("a");
    const { facts } = story.state.engines.a!;
    const nodes = [story.state.nodes.node2!.facts];
    expect(story.tell({ type: "models", models: [facts], nodes })).toEqual(["drain a (changed)", "stop a (changed)"]);
    expect(story.state.nodes.local).toMatchObject({ removed: true });
    story.stopped("a");
    expect(story.state.nodes.local).toBeUndefined();
    story.asks("r1", "a");
    expect(stands(story, "a")).toEqual(["node2"]);
  });
});
