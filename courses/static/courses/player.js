// The lesson page: sheets that slide over a small screen, keys, self-checks, the bookmark. Without any of it
// the page is whole: the outline stands under the text, notes have a page of their own.

import "./checks.js";
import "./notes.js";
import "./sheets.js";
import { keepBookmark } from "./bookmark.js";

const article = document.querySelector("[data-bookmark]");
const recordings = document.querySelectorAll("[data-recording]");

if (recordings.length) import("./media.js").then(({ equip }) => equip(recordings, article));
else if (article) keepBookmark(article);
