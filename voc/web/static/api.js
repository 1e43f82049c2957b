// Subscriptions tried live: a stream cannot be shown by a page that is sent once. Everything else is an ordinary form.
const box = document.getElementById("box");
const stop = document.getElementById("stop");
const result = document.getElementById("result");
const answer = document.getElementById("answer");
const state = document.getElementById("status");
let running = null;

const isSubscription = (text) => /^\s*(#.*\n\s*)*subscription\b/.test(text);

const say = (text) => { state.textContent = text; };

async function listen(request) {
  running = new AbortController();
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const token = box.elements.token.value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  const reply = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(request), signal: running.signal });
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let kept = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    kept += value;
    const blocks = kept.split("\n\n");
    kept = blocks.pop();
    for (const block of blocks) {
      const line = block.split("\n").find((one) => one.startsWith("data: "));
      if (line) answer.textContent = `${JSON.stringify(JSON.parse(line.slice(6)), null, 2)}\n${answer.textContent}`;
    }
    if (!reply.headers.get("content-type").startsWith("text/event-stream")) answer.textContent = kept;
  }
}

box.addEventListener("submit", async (event) => {
  const { query, variables, operation_name: name } = box.elements;
  if (!isSubscription(query.value)) return;
  event.preventDefault();
  running?.abort();
  result.hidden = false;
  stop.hidden = false;
  answer.textContent = "";
  say(state.dataset.listening);
  try {
    await listen({ query: query.value, variables: variables.value.trim() ? JSON.parse(variables.value) : null, operationName: name.value || null });
    say(state.dataset.ended);
  } catch (error) {
    say(error.name === "AbortError" ? state.dataset.ended : String(error.message));
  }
  stop.hidden = true;
});

stop.addEventListener("click", () => running?.abort());
