// The place one has read to, in thousandths of the text: kept when reading comes to rest, offered on coming back.

import { post } from "./sending.js";

const REST_MS = 2000;
const OF = 1000;

/** Send a place, each only once; a bookmark that is lost is no loss, so nothing is said and nothing repeated. */
export function sender(article) {
  let last = Number(article.dataset.bookmark);
  return (place) => {
    if (place === last) return;
    last = place;
    const { url, enrolment, item } = article.dataset;
    post(url, { enrolment, item_uid: item, place }).catch(() => { last = -1; });
  };
}

export function keepBookmark(article) {
  const words = article.querySelector(".lesson-words");
  const keep = sender(article);
  let resting;

  const place = () => {
    const { top, height } = words.getBoundingClientRect();
    return Math.round(Math.min(1, Math.max(0, -top / Math.max(1, height))) * OF);
  };

  article.querySelector("[data-resume]")?.addEventListener("click", (event) => {
    const { top, height } = words.getBoundingClientRect();
    scrollTo({ top: scrollY + top + (height * Number(article.dataset.bookmark)) / OF });
    event.currentTarget.closest("p").hidden = true;
  });

  addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = setTimeout(() => keep(place()), REST_MS);
  }, { passive: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && resting) keep(place());
  });
}
