// Follows a judging: every element [data-events=URL] hears the events that the server sends there.
//
// `progress` gives the sentence {"text"} to [data-progress], and marks what the element shows of the
// {"step"} or {"state"}, and of the {"checks"}; `done` puts the HTML of [data-fragment=URL] in the place of what the element
// holds. A connection that is lost is said to be, and tried again.

"use strict";

(() => {
  const FIRST = 1_000; // ms until a refused connection is tried again; doubled each time
  const LONGEST = 30_000;

  /** A text that says how it goes. It stands outside of what is replaced, so that it is heard. */
  function statusOf(element) {
    const places = [element, document].map((each) => each.querySelector("[data-progress]"));
    const status = places[0] ?? places[1];
    if (status && element.contains(status)) element.before(status);
    return status ?? document.createElement("p");
  }

  /** The nodes of a page's part; an address elsewhere, and a page to sign in, are none. */
  async function fetchPart(url) {
    const answer = await fetch(url, { mode: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(`the server answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.body.childNodes;
  }

  /** Replaces what an element holds; a focus that was in it stays with the element. */
  function replace(element, nodes) {
    const focused = element.contains(document.activeElement);
    element.replaceChildren(...nodes);
    if (!focused) return;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  class Follower {
    #wait = FIRST;
    #text = "";
    #ended = false;

    constructor(element) {
      this.element = element;
      this.status = statusOf(element);
      this.#text = this.status.textContent;
      addEventListener("pagehide", () => this.source?.close());
      addEventListener("pageshow", (event) => event.persisted && this.follow());
      this.follow();
    }

    say(text) {
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    follow() {
      if (this.#ended) return;
      this.source?.close();
      this.source = new EventSource(this.element.dataset.events);
      this.source.addEventListener("open", () => {
        this.#wait = FIRST;
        this.say(this.#text);
      });
      this.source.addEventListener("progress", (event) => {
        const { state, step, checks, text } = JSON.parse(event.data);
        this.mark(step ?? state, checks ?? {});
        this.#text = text;
        this.say(text);
      });
      this.source.addEventListener("done", (event) => {
        this.source.close();
        this.#ended = true;
        this.show(JSON.parse(event.data).text ?? "The result is here.");
      });
      this.source.addEventListener("error", () => this.lost());
    }

    /** A browser connects again by itself, but not once it was refused. */
    lost() {
      this.say("The connection is lost. It is tried again.");
      if (this.source.readyState === EventSource.CLOSED) this.later(() => this.follow());
    }

    /** Marks the items of [data-steps]: which is now, which are past, and which checks passed. */
    mark(step, checks) {
      const items = [...this.element.querySelectorAll("[data-steps]")];
      const now = items.findIndex((item) => item.dataset.steps.split(" ").includes(step));
      items.forEach((item, place) => {
        item.dataset.when = place < now ? "past" : place === now ? "now" : "";
        item.dataset.status = checks[item.dataset.check] ?? "";
      });
    }

    later(action) {
      setTimeout(action, this.#wait);
      this.#wait = Math.min(2 * this.#wait, LONGEST);
    }

    async show(text) {
      try {
        replace(this.element, await fetchPart(this.element.dataset.fragment));
        this.say(text);
      } catch {
        this.say("The result could not be fetched. It is tried again.");
        this.later(() => this.show(text));
      }
    }
  }

  document.querySelectorAll("[data-events]").forEach((element) => new Follower(element));
})();
