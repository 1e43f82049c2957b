// While somebody writes, the problems beside the draft follow. Saving and publishing need no script.
"use strict";
(() => {
  const form = document.getElementById("designer"), draft = document.getElementById("draft"), place = document.getElementById("problems");
  if (!form || draft.readOnly) return;
  let timer = 0, asked = null, saved = draft.value;
  const check = () => {
    if (asked) asked.abort();
    const sent = new FormData(form);
    sent.set("deed", "check");
    asked = new XMLHttpRequest();
    asked.open("POST", form.action);
    asked.responseType = "document";
    asked.addEventListener("load", () => {
      const fresh = asked.response && asked.response.getElementById("problems");
      if (fresh) place.replaceChildren(...fresh.childNodes);
    });
    asked.send(new URLSearchParams([...sent]));
  };
  draft.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 500); });
  form.addEventListener("submit", () => { saved = draft.value; });
  addEventListener("beforeunload", (event) => { if (draft.value !== saved) event.preventDefault(); });
})();
