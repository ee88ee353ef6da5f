// A part of a page that asks again by itself: `data-refresh` says after how many seconds, `id` which part it is.
// It rests while nobody looks, asks more rarely when the server does not answer, and stops when the part says no more.
const LONGEST = 120;

function put(part, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(part.id);
  if (!fresh) return false;
  const held = document.activeElement;
  const busy = held && part.contains(held) && held.matches("a, button, input");
  if (!busy) part.replaceWith(document.adoptNode(fresh));
  return busy ? part : fresh;
}

function watch(part, pause) {
  const next = (other, seconds) => other.dataset.refresh && window.setTimeout(() => ask(other, seconds), seconds * 1000);
  async function ask(other, seconds) {
    if (document.hidden) {
      document.addEventListener("visibilitychange", () => ask(other, seconds), { once: true });
      return;
    }
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = put(other, await answer.text());
      if (fresh) next(fresh, pause);
    } catch {
      next(other, Math.min(LONGEST, seconds * 2));
    }
  }
  next(part, pause);
}

for (const part of document.querySelectorAll("[data-refresh]")) watch(part, Number(part.dataset.refresh));
