"use strict";
const items = [...document.querySelectorAll(".item")].map((item) => [item, item.textContent.toLowerCase()]);
const sections = document.querySelectorAll("main > section");
const box = document.querySelector("input");
const found = document.querySelector("output");
function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [item, text] of items) {
    item.hidden = !words.every((word) => text.includes(word));
    shown += !item.hidden;
  }
  for (const section of sections) section.hidden = !section.querySelector(".item:not([hidden])");
  found.value = words.length ? `${shown} of ${items.length}` : "";
}
function show() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden || target.closest("[hidden]")) { box.value = ""; search(); }
  if (target.tagName === "DETAILS") target.open = true;
  target.scrollIntoView();
}
document.querySelector(".search").hidden = false;
box.addEventListener("input", search);
window.addEventListener("hashchange", show);
search();
show();
