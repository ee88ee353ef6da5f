// The replay's slider: moves through an attempt without loading the page anew. Without script the arrows are links.
const REGION = "[data-replay]";

const numberAt = (address) => new URL(address, location.href).searchParams.get("at");

async function show(address, { push = true } = {}) {
  const region = document.querySelector(REGION);
  region.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) {
    location.assign(address);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(REGION);
  if (!fresh) {
    location.assign(address);
    return;
  }
  const held = document.activeElement?.id;
  region.replaceWith(document.adoptNode(fresh));
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  mark(numberAt(address));
  if (push) history.pushState({ replay: true }, "", address);
}

function mark(number) {
  for (const line of document.querySelectorAll(".sim-moments > li")) {
    const here = numberAt(line.querySelector("a").href) === number;
    if (here) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  }
}

const written = () => document.querySelector(`${REGION} textarea`)?.value.trim();

document.addEventListener("change", (event) => {
  if (event.target.matches(`${REGION} input[type=range]`)) show(`?at=${event.target.value}`);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(`${REGION} a[rel], .sim-moments a`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select, summary")) return;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = way && document.querySelector(`${REGION} a[rel=${way}]`);
  if (!link || written()) return;
  event.preventDefault();
  show(link.href);
});

addEventListener("popstate", () => show(location.href, { push: false }));
