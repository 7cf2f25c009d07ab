// Building elements; text goes in as text nodes only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export const $ = (id) => document.getElementById(id);

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function avatar(name, tint) {
  return el("span", { class: "avatar", "aria-hidden": "true", data: { tint } }, ([...name][0] ?? "?").toUpperCase());
}

export const clockTime = (date) =>
  date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const longDay = (date) =>
  date.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });

export const shortDay = (date) =>
  date.toLocaleDateString(undefined, { weekday: "short", day: "numeric", month: "short" });

export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

// Somebody's own words keep their direction to themselves.
export const isolated = (text) => el("bdi", {}, text);

// A heart and its like are drawn in colour only with a variation selector behind them.
export const colourful = (emoji) => (emoji.length === 1 ? `${emoji}\uFE0F` : emoji);

// --- toast, dialog, popup menu ---------------------------------------------------------------

let toastTimer = 0;

export function toast(text, seconds = 4) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  toastTimer = setTimeout(() => { $("toast").textContent = ""; }, 1000 * Math.max(seconds, text.length / 18));
}

export function dialog(content, { name = "", label = "" } = {}) {
  const box = $("dialog");
  box.className = name;
  box.setAttribute("aria-label", label);
  box.replaceChildren(...content);
  if (!box.open) box.showModal();
  return box;
}

export const closeDialog = () => $("dialog").close();

export function alertBox(text) {
  dialog([
    el("p", {}, text),
    el("div", { class: "buttons" }, el("button", { class: "main", autofocus: true, onclick: closeDialog }, "OK")),
  ], { label: "Message from the bot" });
}

export function confirmBox(title, text, action, run) {
  dialog([
    el("h2", {}, title),
    el("p", {}, text),
    el("div", { class: "buttons" },
      el("button", { onclick: closeDialog }, "Cancel"),
      el("button", { class: "main", onclick: () => { closeDialog(); run(); } }, action)),
  ], { label: title });
}

let popup = null;

export function closePopup() {
  if (!popup) return;
  const { node, opener } = popup;
  popup = null;
  node.remove();
  opener.setAttribute("aria-expanded", "false");
  if (document.activeElement === document.body) opener.focus();
}

export function openPopup(opener, items, above = null) {
  const again = popup?.opener === opener;
  closePopup();
  if (again) return;
  const node = el("div", { class: "popup", role: "menu" }, above ?? "",
    ...items.map(({ text, run, mark, bad }) => el("button", {
      role: "menuitem", class: bad ? "bad" : "", onclick: () => { closePopup(); run(); },
    }, mark ? icon(mark) : "", text)));
  document.body.append(node);
  popup = { node, opener };
  opener.setAttribute("aria-expanded", "true");
  const place = opener.getBoundingClientRect();
  const { width, height } = node.getBoundingClientRect();
  const below = place.bottom + height + 8 < innerHeight;
  node.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  node.style.top = `${below ? place.bottom + 4 : Math.max(8, place.top - height - 4)}px`;
  node.querySelector("button")?.focus();
}

addEventListener("pointerdown", (event) => {
  const inside = popup && (popup.node.contains(event.target) || popup.opener.contains(event.target));
  if (popup && !inside) closePopup();
});

addEventListener("keydown", (event) => {
  if (!popup) return;
  const items = [...popup.node.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) {
    items[(at + step + items.length) % items.length].focus();
    event.preventDefault();
  } else if (event.key === "Tab") {
    closePopup();
  } else if (event.key === "Escape") {
    const { opener } = popup;
    closePopup();
    opener.focus();
    event.stopPropagation();
  }
}, true);
