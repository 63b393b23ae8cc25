/** The models as cards that stay where they are while their content changes: nothing jumps, the focus is kept. */
import { duration, factsOf, faultOf, isActive, matches } from "./words.js";

const byId = (id) => document.getElementById(id);

const stateWords = {
  absent: "not loaded",
  starting: "starting",
  ready: "ready",
  draining: "finishing",
  stopping: "stopping",
  failed: "failed",
};

/** `onAction(model, actions)` is called when a button is pressed. */
export function modelList(onAction) {
  const cards = new Map();

  function cardOf(id) {
    const known = cards.get(id);
    if (known !== undefined) return known;
    const element = byId("model").content.firstElementChild.cloneNode(true);
    const part = (selector) => element.querySelector(selector);
    const title = part("h3");
    title.textContent = id;
    title.id = `model-${cards.size}`;
    const card = { element, part, model: null };
    for (const name of ["power", "pin"]) {
      const button = part(`.${name}`);
      button.setAttribute("aria-describedby", title.id);
      button.addEventListener("click", () => onAction(id, actionsOf(name, card.model)));
    }
    cards.set(id, card);
    return card;
  }

  return {
    /** `at` is the server's time now; `sinceState` the seconds since it told the state. */
    show({ models }, { at, sinceState, filter }) {
      const focused = document.activeElement;
      for (const [id, { element }] of cards) {
        if (models.some((model) => model.id === id)) continue;
        element.remove();
        cards.delete(id);
      }
      const sorted = models.toSorted((a, b) => a.id.localeCompare(b.id));
      for (const model of sorted) {
        const card = cardOf(model.id);
        card.model = model;
        fill(card, at, sinceState);
        card.element.hidden = !isActive(model) && !matches(model, filter);
      }
      arrange(byId("active"), sorted.filter(isActive));
      arrange(
        byId("others"),
        sorted.filter((model) => !isActive(model)),
      );
      byId("none-active").hidden = sorted.some(isActive);
      byId("none-found").hidden = sorted.some((model) => !isActive(model) && matches(model, filter));
      say(byId("none-found"), sorted.every(isActive) ? "All models are on the machine." : "None of them fits.");
      if (focused !== document.activeElement && focused?.isConnected) focused.focus();
    },
  };

  function arrange(list, models) {
    for (const [index, { id }] of models.entries()) {
      const { element } = cards.get(id);
      if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    }
  }
}

function actionsOf(button, { state, pinned }) {
  if (button === "pin") return [pinned ? "unpin" : "pin"];
  if (state === "failed") return ["clear", "start"];
  return [mayStart(state) ? "start" : "stop"];
}

const mayStart = (state) => state !== "starting" && state !== "ready";

function fill({ element, part, model }, at, sinceState) {
  element.dataset.state = model.state === "absent" && model.waiting > 0 ? "queued" : model.state;
  say(part(".state"), stateWord(model));
  say(part(".summary"), model.summary);
  say(part(".facts"), factsOf(model, at));
  say(part(".fault"), faultOf(model, at));
  const loading = part(".loading");
  loading.hidden = model.state !== "starting";
  const bar = loading.firstElementChild;
  if (model.percent === null) bar.removeAttribute("value");
  else bar.value = model.percent;
  bar.setAttribute("aria-label", `${model.id}: ${model.phase}`);
  const percent = model.percent === null ? "" : `${Math.round(model.percent)} %, `;
  say(part(".left"), `${percent}about ${duration(model.secondsToReady - sinceState)} left`);
  say(part(".power"), powerWord(model.state));
  part(".power").disabled = model.status === "disabled";
  say(part(".pin"), model.pinned ? "Unpin" : "Pin");
  part(".pin").title = model.pinned ? "Let it make room for others again" : "Do not stop it for others";
}

function stateWord({ state, status, phase, waiting }) {
  if (state === "absent" && waiting > 0) return "waiting";
  if (status === "disabled" && state === "absent") return "disabled";
  return state === "starting" ? phase : stateWords[state];
}

function powerWord(state) {
  if (state === "failed") return "Try again";
  return mayStart(state) ? "Start" : "Stop";
}

/** Only where it changes something: a screen reader must not hear the same again. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
