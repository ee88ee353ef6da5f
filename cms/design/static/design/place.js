/* Keeps the reader's place and words.
   [data-place]  a link, or the hidden `next` of a form: takes along the place on the page (the part after #)
   [data-keep]   a form: what was typed is not left behind without being asked */

const toPlace = (element) => {
  const property = element instanceof HTMLAnchorElement ? "href" : "value";
  element[property] = element[property].split("#")[0] + location.hash;
};

const placed = document.querySelectorAll("[data-place]");
const followPlace = () => placed.forEach(toPlace);
followPlace();
addEventListener("hashchange", followPlace);

const typed = new Set();
const warn = (event) => event.preventDefault();
const watch = () => (typed.size ? addEventListener("beforeunload", warn) : removeEventListener("beforeunload", warn));

for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("input", () => { typed.add(form); watch(); });
  form.addEventListener("reset", () => { typed.delete(form); watch(); });
  form.addEventListener("submit", () => { typed.delete(form); watch(); });
}
