// A few places to share, spread over the world's time zones.

import { closeDialog, dialog, el, icon } from "./dom.js";

export const PLACES = [
  ["Berlin", 52.52, 13.405], ["London", 51.507, -0.128], ["New York", 40.713, -74.006], ["Los Angeles", 34.052, -118.244],
  ["São Paulo", -23.55, -46.633], ["Nairobi", -1.286, 36.817], ["Delhi", 28.614, 77.209], ["Kathmandu", 27.717, 85.324],
  ["Tokyo", 35.677, 139.65], ["Sydney", -33.869, 151.209], ["Auckland", -36.849, 174.763], ["Honolulu", 21.307, -157.858],
];

export function nearest(latitude, longitude) {
  const found = PLACES.find(([, lat, lon]) => Math.abs(lat - latitude) < 0.2 && Math.abs(lon - longitude) < 0.2);
  return found?.[0];
}

export function choosePlace(chosen) {
  const pick = (latitude, longitude) => { closeDialog(); chosen(latitude, longitude); };
  const form = el("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const fields = new FormData(form);
      pick(Number(fields.get("latitude")), Number(fields.get("longitude")));
    },
  }, el("div", { class: "row" },
    el("label", {}, "Latitude", el("input", { name: "latitude", type: "number", step: "any", min: -90, max: 90, required: true })),
    el("label", {}, "Longitude", el("input", { name: "longitude", type: "number", step: "any", min: -180, max: 180, required: true }))),
  el("div", { class: "buttons" },
    el("button", { type: "button", onclick: closeDialog }, "Cancel"),
    el("button", { class: "main" }, "Share this point")));
  dialog([
    el("h2", {}, "Share a location"),
    el("div", { class: "places" }, ...PLACES.map(([name, lat, lon]) => el("button", { onclick: () => pick(lat, lon) },
      icon("place"), name, el("small", {}, `${lat.toFixed(1)}, ${lon.toFixed(1)}`)))),
    el("h3", {}, "Or a point of your own"),
    form,
  ], { label: "Share a location" });
}
