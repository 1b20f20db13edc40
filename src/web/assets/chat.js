// Makes the page a conversation: sends questions and choices without leaving it. Without this script every form still works.
const conversation = document.getElementById("conversation");
const form = document.getElementById("ask");
const field = document.getElementById("question");
const suggestions = document.getElementById("suggestions");
const FAILED = "The page could not reach the bot. Check that it is still running, then send your question again.";

function entry(kind, text) {
  const item = document.createElement("li");
  item.className = kind;
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  item.append(paragraph);
  return item;
}

/** Brings the newest entry into view: its start where it is taller than the window, else the end of the page. */
function show(item) {
  if (item.offsetHeight > innerHeight * 0.6) item.scrollIntoView({ block: "start" });
  else scrollTo(0, document.documentElement.scrollHeight);
}

function thinking() {
  const item = entry("replied thinking", "Looking in the article ");
  for (let dot = 0; dot < 3; dot++) {
    const span = document.createElement("span");
    span.textContent = ".";
    item.firstElementChild.append(span);
  }
  return item;
}

async function send(data, shown, to) {
  const asked = entry("asked", shown);
  const waiting = thinking();
  conversation.append(asked, waiting);
  conversation.setAttribute("aria-busy", "true");
  show(waiting);
  form.querySelector("button").disabled = true;
  try {
    const response = await fetch(to, { method: "POST", body: new URLSearchParams(data) });
    const type = response.headers.get("content-type") ?? "";
    if (!type.startsWith("text/html")) throw new Error(`status ${response.status}`);
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    const items = [...parsed.querySelectorAll("li.asked, li.replied")].map((item) => document.importNode(item, true));
    asked.remove();
    waiting.replaceWith(...items);
    show(items.at(-1) ?? conversation);
    if (response.ok && to === "/reply") history.replaceState(null, "", `/?${new URLSearchParams(data)}`);
    return response.ok;
  } catch {
    waiting.replaceWith(entry("replied notice", FAILED));
    return false;
  } finally {
    conversation.removeAttribute("aria-busy");
    form.querySelector("button").disabled = false;
  }
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const data = new FormData(event.target, event.submitter);
  const shown = event.target === form ? field.value.trim() : event.submitter.textContent.trim();
  if (shown === "" || form.querySelector("button").disabled) return;
  if (event.target === form) field.value = "";
  const to = event.target.getAttribute("action") === "/remark" ? "/remark" : "/reply";
  const sent = await send(data, shown, to);
  if (event.target === form) {
    if (!sent && field.value === "") field.value = shown;
    field.focus({ preventScroll: true });
  }
});

let typing;
field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(async () => {
    const typed = field.value.trim();
    if (typed.length < 3) return suggestions.replaceChildren();
    const query = new URLSearchParams({ q: typed, explainer: form.elements.explainer.value });
    const response = await fetch(`/api/suggest?${query}`).catch(() => undefined);
    if (!response?.ok || field.value.trim() !== typed) return;
    const { suggestions: found } = await response.json();
    suggestions.replaceChildren(
      ...found.map((text) => Object.assign(document.createElement("option"), { value: text })),
    );
  }, 150);
});

if (conversation.children.length > 0) show(conversation.lastElementChild);
