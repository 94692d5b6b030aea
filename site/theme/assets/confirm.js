// The link of a mailed receipt has its code in the fragment, which no server's log sees. It leaves
// the address at once and stands in the field; only the button sends it.

import { byId } from "./form/dom.js";

function begin() {
  const given = location.hash.slice(1);
  const field = byId("token");
  if (!given || !field) return;
  history.replaceState(null, "", location.pathname);
  field.value = given;
  byId("token-field").hidden = true;
}

addEventListener("hashchange", begin);
begin();
