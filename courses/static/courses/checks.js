// Self-check questions: says at once whether the answer chosen is right. Nothing leaves the page.
// While the keyboard is in a question, the digits choose an answer.

for (const form of document.querySelectorAll("[data-check]")) {
  const verdict = form.querySelector("[data-check-verdict]");
  const options = form.querySelectorAll("input[type=radio]");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const right = event.target.hasAttribute("data-right");
    verdict.textContent = right ? verdict.dataset.rightWord : verdict.dataset.wrongWord;
    verdict.classList.toggle("is-right", right);
    verdict.classList.toggle("is-wrong", !right);
    if (right) form.querySelector("details").open = true;
  });
  form.addEventListener("keydown", (event) => {
    const option = options[Number(event.key) - 1];
    if (!option || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    option.focus();
    option.click();
  });
}
