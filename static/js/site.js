// What every page needs. An app adds its own module in {% block js %}.
import "./htmx.js";
import "./csrf.js";
import "./theme.js";
import "./times.js";
import "./menus.js";
import "./dialogs.js";
import "./flash.js";
import "./shortcuts.js";
import "./guidance.js";
import "./cookies.js";
import "./offline.js";
import "./bubbles.js";
