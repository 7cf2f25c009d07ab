// The developer panel: the bot's last calls, faults and rate limits.

import * as api from "./api.js";
import { $, el, icon, toast } from "./dom.js";

const SHOWN = 200;

function pretty(value) {
  try { return JSON.stringify(JSON.parse(value), null, 2); } catch { return value; }
}

function updates(outcome) {
  try { return JSON.parse(outcome).map((update) => Object.keys(update).find((key) => key !== "update_id")).join(", "); } catch { return "many updates"; }
}

function brief({ method, parameters, status, outcome, fault }) {
  if (fault) return `Fault: ${faultName(fault)}`;
  if (status !== 200) return outcome;
  if (method === "getUpdates") return updates(outcome);
  const said = parameters.text ?? parameters.caption ?? parameters.action ?? parameters.message_id ?? "";
  return [parameters.chat_id, said].filter(Boolean).join(" · ").replaceAll("\n", " ");
}

const faultName = (kind) => [...$("fault-form").elements.kind.options].find(({ value }) => value === kind)?.text ?? kind;

function row(call) {
  const good = call.status === 200 && call.fault !== "drop_after";
  const status = call.fault.startsWith("drop") ? "dropped" : call.status;
  const list = el("dl", {});
  const details = el("details", {},
    el("summary", {},
      el("span", { class: "method" }, call.method),
      el("small", {}, `${call.milliseconds} ms`),
      el("span", { class: `status ${good ? "" : "bad"}` }, status),
      el("span", { class: "brief" }, brief(call))),
    list);
  details.addEventListener("toggle", () => {
    if (!details.open || list.children.length) return;
    for (const [name, value] of Object.entries(call.parameters)) list.append(el("dt", {}, name), el("dd", {}, pretty(value)));
    list.append(el("dt", {}, `answer, at ${call.at}`), el("dd", {}, pretty(call.outcome)));
  });
  return el("li", { data: { find: `${call.method} ${brief(call)}`.toLowerCase() } }, details);
}

export class Developer {
  constructor(people) {
    this.people = people;
    $("clear-calls").addEventListener("click", async () => { await api.remove("/calls"); this.showCalls([]); });
    $("call-filter").addEventListener("input", () => this.filter());
    $("fault-form").addEventListener("submit", (event) => { event.preventDefault(); this.addFault(); });
    $("limits").addEventListener("change", () => this.act(() => api.post("/limits", { enabled: $("limits").checked })));
    this.tabs();
  }

  async act(work) {
    try { await work(); } catch (error) { toast(error.message); }
  }

  tabs() {
    const tabs = [$("tab-calls"), $("tab-faults")];
    const choose = (chosen) => {
      for (const tab of tabs) {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        $(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
      }
      chosen.focus();
    };
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", ({ key }) => { if (key === "ArrowRight" || key === "ArrowLeft") choose(tabs[1 - at]); });
    });
  }

  setMethods(methods) {
    const select = $("fault-form").elements.method;
    const kept = select.firstElementChild;
    select.replaceChildren(kept, ...methods.map((method) => el("option", { value: method }, method)));
  }

  // --- calls ---------------------------------------------------------------------------------

  showCalls(calls) {
    $("calls").replaceChildren(...calls.slice(-SHOWN).reverse().map(row));
    this.filter();
  }

  addCall(call) {
    $("calls").prepend(row(call));
    while ($("calls").children.length > SHOWN) $("calls").lastElementChild.remove();
    this.filter();
  }

  filter() {
    const wanted = $("call-filter").value.trim().toLowerCase();
    for (const item of $("calls").children) item.hidden = !item.dataset.find.includes(wanted);
    $("no-calls").hidden = $("calls").children.length > 0;
  }

  // --- faults --------------------------------------------------------------------------------

  showFaults(faults, limits) {
    $("limits").checked = limits;
    $("faults").replaceChildren(...faults.map(({ id, kind, method, times, chat_id }) => el("li", {},
      el("span", {}, `${faultName(kind)} on ${method || "any call"}${this.name(chat_id)}, ${times === null ? "until removed" : `${times} more`}`),
      el("button", { class: "icon", "aria-label": "Remove this fault", onclick: () => this.act(() => api.remove(`/faults/${id}`)) }, icon("close")))));
    if (!faults.length) $("faults").append(el("p", { class: "note" }, "No faults: every call goes through."));
  }

  name(chatId) {
    const person = this.people.all.find(({ id }) => id === chatId);
    return person ? ` for ${person.first_name}` : "";
  }

  addFault() {
    const { kind, method, times, whom, seconds } = Object.fromEntries(new FormData($("fault-form")));
    this.act(() => api.post("/faults", { kind, method, times: times ? Number(times) : null, chat_id: whom ? this.people.current : 0, seconds: Number(seconds) }));
  }
}
