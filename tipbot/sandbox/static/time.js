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
    if (time.moving && !this.moving) toast("Travelling: what falls due on the way comes now.");
    this.moving = time.moving;
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
    $("due").textContent = this.dueText(now);
    for (const button of document.querySelectorAll("[data-jump]")) {
      button.disabled = this.moving || (button.dataset.jump === "due" && !this.due);
    }
  }

  dueText(now) {
    if (this.moving) return "Travelling…";
    if (!this.due) return "Nothing is planned yet.";
    if (this.due <= now) return "Something is due just now.";
    const day = shortDay(this.due) === shortDay(now) ? "today" : shortDay(this.due);
    return `Next due: ${day} at ${clockTime(this.due)}`;
  }

  jump(kind) {
    if (kind === "choose") { this.choose(); return; }
    const morning = this.daysAhead(1);
    morning.setHours(8, 0, 0, 0);
    const to = { week: this.daysAhead(7), morning }[kind];
    this.move(to ? { to: to.toISOString() } : { due: { next_due: true }, hour: { by: 3600 } }[kind]);
  }

  // The same time of the clock on the wall, also over the change to or from summer time.
  daysAhead(days) {
    const then = new Date(this.now());
    then.setDate(then.getDate() + days);
    return then;
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
      el("input", { name: "moment", type: "datetime-local", value: local, min: local, required: true, autofocus: true })),
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
      await api.post(`/actions/${encodeURIComponent(id)}`, { person_id: this.people.current });
      await this.refresh();
    } catch (error) { toast(error.message); }
    button.disabled = false;
  }
}
