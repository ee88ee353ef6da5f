// Self-check questions: says at once whether the answer chosen is right. Nothing leaves the page.

for (const form of document.querySelectorAll("[data-check]")) {
  const verdict = form.querySelector("[data-check-verdict]");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const right = event.target.hasAttribute("data-right");
    verdict.textContent = right ? verdict.dataset.rightWord : verdict.dataset.wrongWord;
    verdict.classList.toggle("is-right", right);
    verdict.classList.toggle("is-wrong", !right);
    if (right) form.querySelector("details").open = true;
  });
}
