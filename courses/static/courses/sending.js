// A small request of the lesson page to its own server, answered with JSON.

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

/** {ok, status, answer}; it rejects when there was no answer at all. */
export async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": csrf(),
      "Accept-Language": document.documentElement.lang,
    },
    body: JSON.stringify(body),
  });
  return { ok: response.ok, status: response.status, answer: await response.json().catch(() => ({})) };
}
