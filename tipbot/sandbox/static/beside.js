// Other people's chats beside the one in view: each is this page again, with the chat alone.

import { $, avatar, el, icon } from "./dom.js";

const LEAST = 340;

export class Beside {
  constructor(people) {
    this.people = people;
    this.open = new Map();
    addEventListener("resize", () => this.fit());
  }

  has(id) { return this.open.has(id); }

  toggle(person) {
    if (this.open.has(person.id)) this.close(person.id);
    else this.show(person);
    this.people.draw();
  }

  show(person) {
    while (this.open.size >= Math.max(1, this.room())) this.close([...this.open.keys()][0]);
    const name = `${person.first_name} ${person.last_name}`.trim();
    const frame = el("iframe", { src: `/?solo=1&person=${person.id}`, title: `Chat as ${name}` });
    const column = el("section", { "aria-label": `Chat as ${name}` },
      el("header", {}, avatar(person.first_name, this.people.tint(person)), el("strong", {}, name),
        el("button", { class: "icon", "aria-label": `Close the chat as ${name}`, onclick: () => this.toggle(person) }, icon("close"))),
      frame);
    this.open.set(person.id, column);
    this.people.unread.delete(person.id);
    $("beside").append(column);
    $("beside").hidden = false;
    this.fit();
  }

  close(id) {
    this.open.get(id)?.remove();
    this.open.delete(id);
    $("beside").hidden = !this.open.size;
    this.float();
  }

  // How many chats fit beside the one in view and, if given, a panel of some width.
  room(panel = 0) { return Math.floor((innerWidth - $("people").offsetWidth - panel) / LEAST) - 1; }

  fit() {
    const before = this.open.size;
    while (this.open.size > Math.max(0, this.room())) this.close([...this.open.keys()][0]);
    if (this.open.size !== before) this.people.draw();
    this.float();
  }

  // Where there is no room for all, the developer panel lies over the chats beside.
  float() {
    const panel = $("developer");
    panel.classList.toggle("floating", this.open.size > this.room(panel.offsetWidth));
  }
}
