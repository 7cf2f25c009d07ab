// The chat in view: messages, the pinned bar, spinners and the answers to taps.

import * as api from "./api.js";
import { bubble, summary } from "./bubble.js";
import { $, alertBox, avatar, closePopup, colourful, el, isolated, longDay, openPopup, toast } from "./dom.js";

const NEAR = 120;
const PATIENCE = 20000;
const SHOWN = 300;
const QUICK = ["👍", "❤", "🔥", "👏", "😁", "😢", "🙏", "👎"];

export class Chat {
  constructor({ onCommand, onReply, onEdit, onEmpty }) {
    this.person = 0;
    this.messages = new Map();
    this.pins = [];
    this.waiting = new Map();
    this.typingTimer = 0;
    this.unseen = 0;
    this.below = 0;
    this.dateTimer = 0;
    this.shown = SHOWN;
    this.after = { onReply, onEdit, onEmpty };
    this.hooks = {
      onCommand,
      onTap: (message, data) => this.tap(message, data),
      onActions: (message, opener) => this.actions(message, opener),
      onContext: (message, event) => this.context(message, event),
      onJump: (id) => this.jump(id),
      onCopy: (text) => navigator.clipboard.writeText(text).then(() => toast("Copied.")),
      onUnsupported: () => toast("This kind of button does nothing in the sandbox."),
      isWaiting: (id, data) => this.waiting.has(`${id}:${data}`),
    };
    $("scroll").addEventListener("scroll", () => { this.showDown(); this.showDate(); this.below = this.fromEnd(); });
    // What stands at the bottom stays there when the room above or below it changes.
    new ResizeObserver(() => { const box = $("scroll"); box.scrollTop = box.scrollHeight - box.clientHeight - this.below; }).observe($("scroll"));
    $("down").addEventListener("click", () => this.toEnd("smooth"));
    $("pinned").addEventListener("click", () => this.jump(this.pins.at(-1)));
  }

  show(person, { messages, pins, person: { first_name: name } }) {
    this.name = name;
    const same = this.person === person;
    const stay = same && !this.atEnd();
    const top = $("scroll").scrollTop;
    this.person = person;
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    if (!same) { this.waiting.clear(); this.unseen = 0; this.shown = SHOWN; }
    this.draw();
    this.setPins(pins);
    this.setBusy(null);
    this.after.onEmpty(this.messages.size === 0);
    if (stay) $("scroll").scrollTop = top;
    else this.toEnd();
  }

  // A long history begins with its end; the rest comes part by part when it is asked for.
  draw() {
    const all = [...this.messages.values()];
    const shown = all.slice(-this.shown);
    const more = shown.length === all.length ? [] : [el("button", { id: "earlier", onclick: () => this.earlier() }, "Show earlier messages")];
    $("log").replaceChildren(...more, ...this.withDays(shown));
  }

  // What was in sight stays there.
  earlier(least = 0) {
    const end = this.fromEnd();
    this.shown = Math.max(this.shown + SHOWN, least);
    this.draw();
    $("scroll").scrollTop = $("scroll").scrollHeight - $("scroll").clientHeight - end;
    $("scroll").focus({ preventScroll: true });
  }

  // Messages stand in one section a day, so that its date can stay in sight.
  withDays(messages) {
    const sections = [];
    let last = null;
    for (const message of messages) {
      if (!last || this.day(message) !== this.day(last)) sections.push(this.section(message));
      sections.at(-1).append(this.node(message, last));
      last = message;
    }
    return sections;
  }

  day(message) { return longDay(new Date(1000 * message.date)); }

  section(message) {
    const day = this.day(message);
    return el("section", { "aria-label": day, data: { day } }, el("div", { class: "day", "aria-hidden": "true" }, day));
  }

  node(message, last) {
    const node = bubble(message, this.hooks);
    if (!last || last.from_bot !== message.from_bot || last.pinned_message) node.classList.add("turn");
    return node;
  }

  // --- what comes in -------------------------------------------------------------------------

  add(message) {
    if (this.messages.has(message.message_id)) { this.change(message); return; }
    const stay = this.atEnd() || !message.from_bot;
    const last = [...this.messages.values()].at(-1);
    this.messages.set(message.message_id, message);
    const newest = $("log").lastElementChild;
    const section = newest?.dataset.day === this.day(message) ? newest : this.section(message);
    section.append(this.node(message, last));
    if (section !== newest) $("log").append(section);
    if (message.from_bot) this.setBusy(null);
    this.after.onEmpty(false);
    if (stay) this.toEnd();
    else this.unseen += 1;
    this.below = this.fromEnd();
    this.showDown();
  }

  change(message) {
    const old = this.find(message.message_id);
    if (!old) return;
    const stay = this.atEnd();
    const before = this.messages.get(message.message_id);
    this.messages.set(message.message_id, message);
    const felt = JSON.stringify(before.reactions) !== JSON.stringify(message.reactions);
    if (message.from_bot && !felt) this.setBusy(null);
    const buttons = (node) => [...node.querySelectorAll("button")];
    const focused = buttons(old).indexOf(document.activeElement);
    closePopup();
    const node = this.node(message, null);
    node.classList.toggle("turn", old.classList.contains("turn"));
    old.replaceWith(node);
    if (focused >= 0) (buttons(node)[focused] ?? buttons(node).at(-1))?.focus();
    if (this.pins.includes(message.message_id)) this.setPins(this.pins);
    if (stay) this.toEnd();
    this.below = this.fromEnd();
  }

  drop(id) {
    const node = this.find(id);
    this.messages.delete(id);
    if (!node) return;
    const section = node.parentElement;
    node.remove();
    if (section.children.length === 1) section.remove();
    this.after.onEmpty(this.messages.size === 0);
  }

  setPins(pins) {
    this.pins = pins;
    const newest = this.messages.get(pins.at(-1));
    $("pinned").hidden = !newest;
    $("pinned-title").textContent = pins.length > 1 ? `Pinned message (${pins.length})` : "Pinned message";
    $("pinned-text").textContent = newest ? summary(newest) : "";
  }

  setBusy(action) {
    clearTimeout(this.typingTimer);
    const words = { typing: "typing…", upload_document: "sending a file…", upload_photo: "sending a photo…" };
    const busy = Boolean(action) && action !== "cancel";
    const stay = this.atEnd();
    $("typing").hidden = !busy;
    $("bot-status").replaceChildren(...(busy ? [words[action] ?? "busy…"] : ["bot · you are ", isolated(this.name)]));
    $("bot-status").classList.toggle("busy", busy);
    if (busy) this.typingTimer = setTimeout(() => this.setBusy(null), 5000);
    if (busy && stay) this.toEnd();
  }

  // --- taps ----------------------------------------------------------------------------------

  async tap(message, data) {
    const key = `${message.message_id}:${data}`;
    if (this.waiting.has(key)) return;
    const timer = setTimeout(() => this.settle(key, "The bot has not answered yet."), PATIENCE);
    this.waiting.set(key, timer);
    this.spin(message.message_id, data, true);
    try {
      await api.post(`/people/${this.person}/taps`, { message_id: message.message_id, data });
    } catch (error) {
      this.settle(key, error.message);
    }
  }

  answered({ message_id, data, text, show_alert, url }) {
    this.settle(`${message_id}:${data}`);
    if (url) window.open(url, "_blank", "noopener");
    if (text && show_alert) alertBox(text);
    else if (text) toast(text);
  }

  settle(key, words = "") {
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    const [id, data] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    this.spin(Number(id), data, false);
    if (words) toast(words);
  }

  spin(id, data, on) {
    for (const button of this.find(id)?.querySelectorAll(".inline") ?? []) {
      if (button.dataset.data !== data) continue;
      button.classList.toggle("waiting", on);
      if (on) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  // --- a message's own menu --------------------------------------------------------------------

  context(message, event) {
    if (event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    this.actions(message, event.currentTarget.querySelector(".meta"));
  }

  actions(message, opener) {
    const mine = message.reactions?.[this.person]?.[0]?.emoji;
    const react = (emoji) => {
      closePopup();
      api.post(`/people/${this.person}/reactions`, { message_id: message.message_id, emoji: emoji === mine ? "" : emoji })
        .catch((error) => toast(error.message));
    };
    const emoji = el("div", { class: "emoji", role: "group", "aria-label": "React" }, ...QUICK.map((one) => el("button", {
      role: "menuitemcheckbox", "aria-checked": String(one === mine), "aria-label": `React with ${one}`, onclick: () => react(one),
    }, colourful(one))));
    const text = message.text ?? message.caption;
    const items = [{ text: "Reply", run: () => this.after.onReply(message) }];
    if (text) items.push({ text: "Copy text", run: () => this.hooks.onCopy(text) });
    if (!message.from_bot && message.text) items.push({ text: "Edit", run: () => this.after.onEdit(message) });
    openPopup(opener, items, emoji);
  }

  // --- the place in the chat --------------------------------------------------------------------

  find(id) { return $("log").querySelector(`[data-id="${Number(id)}"]`); }

  fromEnd() {
    const { scrollHeight, scrollTop, clientHeight } = $("scroll");
    return Math.max(0, scrollHeight - scrollTop - clientHeight);
  }

  atEnd() { return this.fromEnd() < NEAR; }

  toEnd(behavior = "instant") { $("scroll").scrollTo({ top: $("scroll").scrollHeight, behavior }); }

  showDown() {
    const end = this.atEnd();
    if (end) this.unseen = 0;
    $("down").hidden = end;
    $("down").setAttribute("aria-label", this.unseen ? `Newest messages, ${this.unseen} new` : "Newest messages");
    $("unseen").hidden = !this.unseen;
    $("unseen").textContent = this.unseen;
  }

  // Whoever reads above sees for a moment on which day they are; the day's own line says it else.
  showDate() {
    const { scrollTop } = $("scroll");
    const above = [...$("log").querySelectorAll("section")].filter(({ offsetTop }) => offsetTop < scrollTop - 40).at(-1);
    $("date").textContent = above?.dataset.day ?? "";
    $("date").classList.toggle("shown", Boolean(above) && !this.atEnd());
    clearTimeout(this.dateTimer);
    this.dateTimer = setTimeout(() => $("date").classList.remove("shown"), 900);
  }

  jump(id) {
    const place = [...this.messages.keys()].indexOf(id);
    if (place >= 0 && !this.find(id)) this.earlier(this.messages.size - place);
    const node = this.find(id);
    if (!node) { toast("This message is no longer here."); return; }
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1500);
  }
}

export function welcome(bot, description) {
  $("welcome").replaceChildren(
    avatar(bot.first_name, ""),
    el("h2", {}, bot.first_name),
    description ? el("p", {}, description) : "",
    el("p", { class: "note" }, "This is a practice chat on your own machine: the bot is real, Telegram is not. Press Start to begin."),
  );
}
