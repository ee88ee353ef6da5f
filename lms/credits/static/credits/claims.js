// Draws the points anew as somebody types. The page reckons; without this script its button does the same.
const sheet = document.querySelector("[data-claim]");
const button = sheet?.querySelector("[data-reckon]");
let waiting;
let newest = 0;

async function reckon() {
  const asked = ++newest;
  const told = sheet.querySelector("[data-foreseen]");
  const body = new FormData(sheet);
  for (const [name, value] of [...body]) {
    if (value instanceof File) body.delete(name);
  }
  body.set(button.name, button.value);
  told.toggleAttribute("data-waiting", true);
  try {
    const answer = await fetch(window.location.href, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-foreseen]");
    if (asked === newest && fresh) told.replaceWith(document.adoptNode(fresh));
  } catch {
    told.toggleAttribute("data-waiting", false);
  }
}

if (button) {
  button.closest("p").hidden = true;
  sheet.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.type === "checkbox") return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(reckon, 600);
  });
}
