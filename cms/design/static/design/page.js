// What every page has: menus, and the reader's place and words.

import "./menus.js";
import "./place.js";
