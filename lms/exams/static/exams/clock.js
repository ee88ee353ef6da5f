// The clock shows the server's deadline; it speaks at 30, 10, 5 and 1 minutes only.

const SPOKEN = [30, 10, 5, 1];

export function face(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** Seconds until `moment`, counted from the server's `now` by a clock that nobody can set. */
export function countdown(now, moment) {
  const left = (Date.parse(moment) - Date.parse(now)) / 1000;
  const begun = performance.now();
  return () => Math.max(0, Math.ceil(left - (performance.now() - begun) / 1000));
}

export function startClock({ root, toggle, announce, word, onEnd }) {
  const left = countdown(root.dataset.now, root.dataset.deadline);
  const dial = root.querySelector("[data-clock-face]");
  const unspoken = SPOKEN.filter((minutes) => minutes * 60 < left());
  root.querySelector("[data-clock-label]").textContent = word("left");

  const tick = () => {
    const seconds = left();
    dial.textContent = face(seconds);
    if (unspoken.length && seconds <= unspoken[0] * 60) {
      const minutes = unspoken.shift();
      announce(minutes === 1 ? word("minute-left") : word("minutes-left", { minutes }));
    }
    if (seconds === 0) {
      clearInterval(timer);
      onEnd();
    }
  };
  const timer = setInterval(tick, 500);
  tick();

  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const hide = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(hide));
    toggle.querySelector("[role=img]").setAttribute("aria-label", word(hide ? "show-clock" : "hide-clock"));
    root.toggleAttribute("data-hidden", hide);
  });
}
