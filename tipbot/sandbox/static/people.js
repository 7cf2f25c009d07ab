// The people one can write as.

import * as api from "./api.js";
import { shortened, summary } from "./bubble.js";
import { $, avatar, clockTime, closeDialog, dialog, el, icon, isolated, shortDay, toast } from "./dom.js";

export class People {
  constructor(onChoose) {
    this.all = [];
    this.current = 0;
    this.unread = new Map();
    this.onChoose = onChoose;
    this.beside = null;
    $("add-person").addEventListener("click", () => this.ask());
  }

  get person() { return this.all.find(({ id }) => id === this.current); }

  async load() {
    this.all = await api.get("/people");
    this.draw();
  }

  tint(person) { return person.id % 6; }

  choose(id) {
    this.current = id;
    this.unread.delete(id);
    this.draw();
  }

  heard(chatId, message) {
    const person = this.all.find(({ id }) => id === chatId);
    if (!person) return;
    person.last = message;
    person.started = true;
    if (message.from_bot && chatId !== this.current && !this.beside?.has(chatId)) this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
    this.draw();
  }

  draw() {
    const { person, beside } = document.activeElement?.dataset ?? {};
    $("people-list").replaceChildren(...this.all.map((person) => el("li", {}, this.row(person), this.besideButton(person))));
    if (person) $("people-list").querySelector(`[data-person="${person}"]`)?.focus();
    if (beside) $("people-list").querySelector(`[data-beside="${beside}"]`)?.focus();
    const current = this.person;
    if (!current) return;
    $("show-people").replaceChildren(avatar(current.first_name, this.tint(current)));
    $("show-people").setAttribute("aria-label", `You write as ${current.first_name}; switch person`);
    $("show-people").classList.toggle("unread", this.unread.size > 0);
  }

  row(person) {
    const { id, first_name, last_name, note, blocked, last, started } = person;
    const unread = this.unread.get(id);
    const line = blocked ? "Has blocked the bot" : last ? `${last.from_bot || last.note ? "" : "You: "}${shortened(summary(last), 60)}` : started ? "Empty chat" : "Not started yet";
    return el("button", { "aria-current": id === this.current ? "true" : "false", data: { person: id }, onclick: () => this.onChoose(id) },
      avatar(first_name, this.tint(person)),
      el("span", { class: "name" }, isolated(`${first_name} ${last_name}`.trim()), note ? " " : "", note ? el("small", {}, note) : ""),
      last ? el("small", { class: "when" }, this.when(last)) : "",
      el("span", { class: "last" }, line),
      unread ? el("span", { class: "badge", "aria-label": `${unread} new` }, unread) : "");
  }

  // A chat beside the one in view, where the window has room for two.
  besideButton(person) {
    if (!this.beside || person.id === this.current) return "";
    const shown = this.beside.has(person.id);
    return el("button", {
      class: "icon side", "aria-pressed": String(shown), title: "Show beside", data: { beside: person.id },
      "aria-label": `Show ${person.first_name} beside`, onclick: () => this.beside.toggle(person),
    }, icon("beside"));
  }

  when({ date }) {
    const then = new Date(1000 * date);
    const old = Math.abs(then - (Date.now() + this.offset)) > 20 * 3600 * 1000;
    return old ? shortDay(then).replace(/^\S+\s/, "") : clockTime(then);
  }

  offset = 0;

  ask() {
    const form = el("form", {
      onsubmit: async (event) => {
        event.preventDefault();
        const fields = new FormData(form);
        try {
          const person = await api.post("/people", { first_name: fields.get("name"), language_code: fields.get("language") });
          closeDialog();
          this.onChoose(person.id);
        } catch (error) { toast(error.message); }
      },
    }, el("label", {}, "First name", el("input", { name: "name", required: true, maxlength: 64, autofocus: true })),
    el("label", {}, "Language of their app", el("input", { name: "language", value: "en", maxlength: 8 })),
    el("div", { class: "buttons" },
      el("button", { type: "button", onclick: closeDialog }, "Cancel"), el("button", { class: "main" }, "Add")));
    dialog([el("h2", {}, "Add a person"), form], { label: "Add a person" });
  }
}
