// The sandbox's clock and the journeys through time.

import * as api from "./api.js";
import { $, clockTime, closeDialog, dialog, el, shortDay, toast } from "./dom.js";

export class TimeTravel {
  constructor(people) {
    this.people = people;
    this.offset = 0;
    $("zone").textContent = `Times on this page are ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`;
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.refresh(), 15000);
    for (const button of document.querySelectorAll("[data-jump]")) {
      button.addEventListener("click", () => this.jump(button.dataset.jump));
    }
  }

  now() { return new Date(Date.now() + this.offset); }

  set(time) {
    this.offset = new Date(time.now) - Date.now();
    this.people.offset = this.offset;
    this.due = time.next_due ? new Date(time.next_due) : null;
    $("show-time").hidden = !time.can_move;
    $("time").hidden = !time.can_move;
    this.tick();
  }

  // What is due next follows what the bot has just done.
  soon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.refresh(), 400);
  }

  async refresh() {
    if ($("time").hidden || document.hidden) return;
    try { this.set(await api.get("/time")); } catch { /* the stream says when the sandbox is gone */ }
  }

  tick() {
    const now = this.now();
    $("clock-day").textContent = shortDay(now);
    $("clock-time").textContent = clockTime(now);
    const today = this.due && shortDay(this.due) === shortDay(now);
    $("due").textContent = this.due ? `Next due: ${today ? "today" : shortDay(this.due)} at ${clockTime(this.due)}` : "Nothing is planned yet.";
    document.querySelector("[data-jump=due]").disabled = !this.due;
  }

  jump(kind) {
    if (kind === "choose") { this.choose(); return; }
    const morning = new Date(this.now());
    morning.setDate(morning.getDate() + 1);
    morning.setHours(8, 0, 0, 0);
    const body = { due: { next_due: true }, hour: { by: 3600 }, week: { by: 7 * 86400 }, morning: { to: morning.toISOString() } }[kind];
    this.move(body);
  }

  async move(body) {
    try {
      this.set(await api.post("/time", body));
      toast(`It is now ${shortDay(this.now())}, ${clockTime(this.now())}.`);
    } catch (error) { toast(error.message); }
  }

  choose() {
    const local = new Date(this.now() - 60000 * this.now().getTimezoneOffset()).toISOString().slice(0, 16);
    const form = el("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const moment = new Date(new FormData(form).get("moment"));
        closeDialog();
        this.move({ to: moment.toISOString() });
      },
    }, el("label", {}, "Day and time, in this browser's time zone",
      el("input", { name: "moment", type: "datetime-local", value: local, required: true, autofocus: true })),
    el("div", { class: "buttons" },
      el("button", { type: "button", onclick: closeDialog }, "Cancel"), el("button", { class: "main" }, "Travel")));
    dialog([el("h2", {}, "Choose a time"), form], { label: "Choose a time" });
  }

  setActions(actions) {
    $("actions").replaceChildren(...actions.map(({ id, label, hint }) => {
      const button = el("button", { class: "simulated", title: hint, onclick: () => this.act(id, button) }, label);
      return button;
    }));
    if (actions.length) $("time").hidden = $("show-time").hidden = false;
  }

  async act(id, button) {
    button.disabled = true;
    try {
      const { text } = await api.post(`/actions/${encodeURIComponent(id)}`, { person_id: this.people.current });
      if (text) toast(text, 6);
      await this.refresh();
    } catch (error) { toast(error.message); }
    button.disabled = false;
  }
}
