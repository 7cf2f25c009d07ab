// Formatted text: entities become elements; offsets are UTF-16 units, as in JavaScript strings.

import { el } from "./dom.js";

const SAFE = /^(https?|tg|mailto|tel):/i;

function link(url, inside) {
  const href = /^[a-z]+:/i.test(url) ? url : `http://${url}`;
  if (!SAFE.test(href)) return el("span", {}, ...inside);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", title: url }, ...inside);
}

function spoiler(inside) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" }, ...inside);
  const show = () => { node.classList.add("shown"); node.removeAttribute("role"); node.removeAttribute("aria-label"); };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") show(); });
  return node;
}

function folded(inside) {
  const node = el("blockquote", { class: "folded", tabindex: "0", title: "Show all" }, ...inside);
  const show = () => node.classList.remove("folded");
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
  return node;
}

function wrap(entity, plain, inside, onCommand) {
  switch (entity.type) {
    case "bold": return el("strong", {}, ...inside);
    case "italic": return el("em", {}, ...inside);
    case "underline": return el("u", {}, ...inside);
    case "strikethrough": return el("s", {}, ...inside);
    case "code": return el("code", {}, ...inside);
    case "pre": return el("pre", {}, ...inside);
    case "spoiler": return spoiler(inside);
    case "blockquote": return el("blockquote", {}, ...inside);
    case "expandable_blockquote": return folded(inside);
    case "text_link": return link(entity.url, inside);
    case "url": return link(plain, inside);
    case "email": return link(`mailto:${plain}`, inside);
    case "bot_command": return el("button", { class: "command", onclick: () => onCommand(plain) }, ...inside);
    default: return el("span", { class: "tag" }, ...inside);
  }
}

// Returns the nodes of `text` between two offsets; entities come sorted, the longer first.
function pieces(text, entities, start, end, onCommand) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    if (entity.offset < at) continue;
    const stop = Math.min(entity.offset + entity.length, end);
    nodes.push(document.createTextNode(text.slice(at, entity.offset)));
    const inner = entities.slice(i + 1).filter((other) => other.offset < stop);
    const inside = pieces(text, inner, entity.offset, stop, onCommand);
    nodes.push(wrap(entity, text.slice(entity.offset, stop), inside, onCommand));
    at = stop;
  }
  nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes.filter((node) => node.nodeType !== Node.TEXT_NODE || node.data);
}

const ONLY_EMOJI = /^(\p{Extended_Pictographic}[\u{FE0F}\u{200D}\p{Emoji_Modifier}]*){1,3}$/u;

export function formatted(text, entities = [], onCommand = () => {}) {
  const body = el("div", { class: "body", dir: "auto" }, ...pieces(text, entities, 0, text.length, onCommand));
  if (ONLY_EMOJI.test(text) && !entities.length) {
    body.classList.add("big-emoji");
    body.replaceChildren(el("span", {}, text));
  }
  return body;
}
