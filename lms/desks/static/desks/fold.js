// Charts and long lists stand open. On a phone all but the first come folded, one touch away;
// whoever pages through a list came for it and finds it open.

const PHONE = "(max-width: 48rem)";
const paging = new URLSearchParams(location.search).has("page");

if (matchMedia(PHONE).matches && !paging) {
  const [, ...further] = document.querySelectorAll("details.fold");
  for (const part of further) part.open = false;
}
