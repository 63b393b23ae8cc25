/** The page: a door that asks for the key, and the house behind it, kept up to date by the event stream. */
import { ApiError, act, watch } from "./api.js";
import { modelList } from "./model-list.js";
import { gibibytes, otherProgramsGiB } from "./words.js";

const element = (id) => document.getElementById(id);
/** Of this tab alone, and gone with it. */
const keyName = "hearth-admin-key";
const longestPauseSeconds = 15;
const mostRecent = 10;
const loudEvents = ["start", "ready", "stop", "stopped", "failed", "switch", "drain", "adopt"];

let state = null;
let receivedAt = 0;
let leaving = new AbortController();
const list = modelList(perform);

async function perform(model, actions) {
  element("notice").textContent = "";
  try {
    for (const action of actions) await act(sessionStorage.getItem(keyName), model, action);
  } catch (error) {
    if (isRefusal(error)) showDoor(error.message);
    else element("notice").textContent = error instanceof ApiError ? error.message : "Hearth does not answer.";
  }
}

const isRefusal = (error) => error instanceof ApiError && (error.status === 401 || error.status === 403);

function render() {
  if (state === null) return;
  const sinceState = (performance.now() - receivedAt) / 1000;
  list.show(state, { at: state.at + sinceState, sinceState, filter: element("filter").value.trim() });
}

function showState(next) {
  state = next;
  receivedAt = performance.now();
  element("house").hidden = false;
  element("why").textContent = state.why || "Nothing has happened yet.";
  showMemory();
  render();
}

function showMemory() {
  const { totalGiB, budgetGiB, committedGiB } = state.memory;
  const other = otherProgramsGiB(state);
  const left = Math.max(0, totalGiB - committedGiB - other);
  const texts = {
    given: `${gibibytes(committedGiB)} of ${gibibytes(budgetGiB)} given to models`,
    other: `${gibibytes(other)} other programs`,
    left: `${gibibytes(left)} left`,
  };
  for (const [name, text] of Object.entries(texts)) element(`memory-${name}`).textContent = text;
  const bar = element("memory-bar");
  bar.setAttribute("aria-label", `Memory: ${Object.values(texts).join(", ")}`);
  // Before anything is known of the machine all of it is 0.
  const share = (part) => `${(100 * part) / (totalGiB || 1)}%`;
  bar.querySelector(".given").style.width = share(committedGiB);
  bar.querySelector(".other").style.width = share(other);
}

function showEvent(name, { at, message }) {
  if (!loudEvents.includes(name)) return;
  const recent = element("recent");
  if (recent.dataset.begun === undefined) recent.replaceChildren();
  recent.dataset.begun = "";
  const item = document.createElement("li");
  item.textContent = `${new Date(at * 1000).toLocaleTimeString()}  ${message}`;
  recent.prepend(item);
  while (recent.children.length > mostRecent) recent.lastElementChild.remove();
}

function showDoor(fault) {
  leaving.abort();
  sessionStorage.removeItem(keyName);
  state = null;
  for (const id of ["house", "leave"]) element(id).hidden = true;
  element("connection").textContent = "";
  element("door").hidden = false;
  element("door-fault").textContent = fault;
  element("key").value = "";
  element("key").focus();
}

/** Watches until the key is refused or forgotten; a broken connection is made again, in growing pauses. */
async function open(key) {
  leaving = new AbortController();
  const { signal } = leaving;
  element("door-fault").textContent = "";
  let pauseSeconds = 1;
  while (!signal.aborted) {
    try {
      await watch(key, onEvent, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) return showDoor(error.message);
    }
    element("connection").textContent = "Connection lost. Trying again ...";
    await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1000));
    pauseSeconds = Math.min(longestPauseSeconds, pauseSeconds * 2);
  }

  function onEvent(name, data) {
    if (signal.aborted) return;
    pauseSeconds = 1;
    if (name !== "state") return showEvent(name, data);
    if (!element("door").hidden) enter(key);
    element("connection").textContent = "live";
    showState(data);
  }
}

/** The key is right. */
function enter(key) {
  sessionStorage.setItem(keyName, key);
  element("door").hidden = true;
  element("leave").hidden = false;
  element("main").focus();
}

element("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  leaving.abort();
  open(element("key").value.trim());
});
element("leave").addEventListener("click", () => showDoor(""));
element("filter").addEventListener("input", render);
setInterval(render, 1000);

const kept = sessionStorage.getItem(keyName);
if (kept === null) showDoor("");
else {
  element("leave").hidden = false;
  open(kept);
}
