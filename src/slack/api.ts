// The few requests that the face makes. Waits as long as Slack asks; repeats only what may be repeated; and sends a layout
// that Slack refuses again as plain text, so that nobody loses an answer to a formatting fault.
import { setTimeout as sleep } from "node:timers/promises";
import { webApi, type types } from "@slack/bolt";
import type { Logger } from "pino";
import { createBackoff } from "../assistant/retry.js";
import type { ChartSpec } from "../figures/chart.js";
import type { Studio } from "../figures/studio.js";
import { errorFields, faultOf, neverArrived, refusesPicture, ResponseError, retryAfter } from "./faults.js";
import { wordingOf } from "../languages/languages.js";
import type { RenderedCard } from "./render-card.js";

export interface Place {
  readonly channel: string;
  readonly thread?: string | undefined;
}

export interface Answering {
  readonly private: boolean;
  /** Whether it takes the place of the message that holds the pressed button. */
  readonly replace?: boolean;
  readonly thread?: string | undefined;
}

export interface SlackApi {
  /** Posts; the time stamp, which is the message's id. Never repeated where it may have arrived. */
  post(place: Place, card: RenderedCard, how?: { readonly patient: boolean }): Promise<string>;
  /** Puts a card in the place of a message of ours. */
  update(channel: string, ts: string, card: RenderedCard, how?: { readonly patient: boolean }): Promise<void>;
  remove(channel: string, ts: string): Promise<void>;
  /** Shows something to one reader of a channel. */
  whisper(place: Place, user: string, card: RenderedCard): Promise<void>;
  /** Answers through the address that came with a command or a press. */
  respond(address: string, card: RenderedCard, how: Answering): Promise<void>;
  /** `below`: blocks that stand under the card. */
  publishHome(user: string, card: RenderedCard, below: readonly types.KnownBlock[]): Promise<void>;
  /** Opens a form. */
  openForm(trigger: string, view: types.ModalView): Promise<void>;
  openModal(trigger: string, title: string, card: RenderedCard): Promise<void>;
  updateModal(view: string, title: string, card: RenderedCard): Promise<void>;
  suggest(channel: string, title: string, prompts: readonly { title: string; message: string }[]): Promise<void>;
  /** The newest message of ours in a direct conversation, since a moment in seconds, whose blocks hold `text`; else false. */
  find(channel: string, text: string, since: number): Promise<string | false>;
  /** Whether somebody may administer the workspace. */
  isAdmin(user: string): Promise<boolean>;
  /** Uploads a chart beforehand, so that the first answer with it need not wait. */
  prepare(card: RenderedCard): Promise<void>;
}

export interface SlackApiOptions {
  /** One for all workspaces: each is large. */
  readonly client: webApi.WebClient;
  readonly token: string;
  /** The workspace. */
  readonly team: string;
  /** Hears when a request was refused for its token. */
  readonly onToken: () => void;
  /** Hears for how many seconds Slack asks to wait. */
  readonly onWait: (seconds: number) => void;
  readonly studio: Studio;
  readonly log: Logger;
}

const TRIES = 4;
const FIRST_WAIT_MS = 300;
/** Longer than this nobody waits for an answer. */
const LONGEST_WAIT_S = 30;
const REQUEST_MS = 10_000;
/** How long an answer may wait for the upload of its chart. */
const PICTURE_MS = 3_000;

export function createSlackApi({ client, token, team, studio, log, onToken, onWait }: SlackApiOptions): SlackApi {
  /** File ids of charts by their drawing; a chart that is drawn anew is another file. */
  const files = new Map<string, Promise<string | undefined>>();

  /** Calls a method. `repeatable`: doing it twice is doing it once. `patient`: waits out a rate limit. */
  async function call<T>(repeatable: boolean, work: () => Promise<T>, patient = true): Promise<T> {
    const backoff = createBackoff();
    for (let attempt = 1; ; attempt++) {
      const outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ("value" in outcome) return outcome.value;
      const { error } = outcome;
      if (faultOf(error) === "token") onToken();
      const last = attempt >= TRIES;
      const asked = retryAfter(error);
      if (!last && patient && asked !== undefined && asked <= LONGEST_WAIT_S) {
        // Whatever it asks for, there is a floor under it.
        const waitMs = backoff.next(asked * 1000);
        onWait(waitMs / 1_000);
        log.warn({ waitMs }, "Slack asks to wait");
        await sleep(waitMs);
      } else if (asked !== undefined) throw error;
      else if (!last && faultOf(error) === "unavailable" && (repeatable || neverArrived(error))) {
        await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
      } else throw error;
    }
  }

  async function upload(bytes: Uint8Array, title: string): Promise<string> {
    const place = await call(true, () =>
      client.files.getUploadURLExternal({ token, filename: "chart.png", length: bytes.byteLength }),
    );
    if (place.upload_url === undefined || place.file_id === undefined)
      throw new Error("Slack gave no place to upload to");
    const { upload_url, file_id } = place;
    const sent = await fetch(upload_url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: Uint8Array.from(bytes),
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    if (!sent.ok) throw new ResponseError(sent.status, "upload");
    // Shared with no channel: it is seen where a message of ours shows it.
    await call(true, () => client.files.completeUploadExternal({ token, files: [{ id: file_id, title }] }));
    return file_id;
  }

  function keyOf({ chart }: RenderedCard): { key: string; file: () => Promise<string | undefined> } | undefined {
    if (!chart) return undefined;
    const spec: ChartSpec = { ...chart.spec, theme: "light" };
    const key = JSON.stringify(spec);
    const file = (): Promise<string | undefined> => {
      const before = files.get(key);
      if (before) return before;
      const made = studio
        .draw(spec, "png")
        .then(({ bytes, title }) => upload(bytes, title))
        .catch((error: unknown) => {
          files.delete(key);
          log.warn(errorFields(error), "a chart could not be uploaded; its values stand in the text");
          return undefined;
        });
      files.set(key, made);
      return made;
    };
    return { key, file };
  }

  /** Sends with the picture where there is one in time, and without it where Slack refuses it; in words alone where asked to. */
  async function deliver<T>(
    card: RenderedCard,
    send: (blocks: types.KnownBlock[] | undefined) => Promise<T>,
  ): Promise<T> {
    if (card.plain) return send(undefined);
    const chart = keyOf(card);
    const picture = chart && (await Promise.race([chart.file(), sleep(PICTURE_MS, undefined, { ref: false })]));
    if (picture === undefined) return send(card.blocks());
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const outcome = await send(card.blocks(picture)).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ("value" in outcome) return outcome.value;
      if (!refusesPicture(outcome.error)) throw outcome.error;
      // Slack processes an upload after it has taken it.
      if (attempt < TRIES && outcome.error instanceof webApi.WebAPIPlatformError) await sleep(FIRST_WAIT_MS * attempt);
      else break;
    }
    if (chart) files.delete(chart.key);
    return send(card.blocks());
  }

  /** Text beside blocks, or alone. */
  const content = (card: RenderedCard, blocks: types.KnownBlock[] | undefined) =>
    blocks ? { text: card.text, blocks } : { text: card.text };
  const quiet = { unfurl_links: false, unfurl_media: false } as const;

  const modal = (title: string, card: RenderedCard, blocks: types.KnownBlock[] | undefined): types.ModalView => ({
    type: "modal",
    title: { type: "plain_text", text: title, emoji: false },
    close: { type: "plain_text", text: wordingOf("en").close(), emoji: false },
    blocks: blocks ?? [{ type: "section", text: { type: "mrkdwn", text: card.text.slice(0, 3_000) } }],
  });

  return {
    async post({ channel, thread }, card, { patient } = { patient: true }) {
      const { ts } = await deliver(card, (blocks) =>
        call(
          false,
          () =>
            client.chat.postMessage({
              token,
              channel,
              ...content(card, blocks),
              ...quiet,
              ...(thread === undefined ? {} : { thread_ts: thread }),
            }),
          patient,
        ),
      );
      return ts ?? "";
    },
    async update(channel, ts, card, { patient } = { patient: true }) {
      await deliver(card, (blocks) =>
        call(true, () => client.chat.update({ token, channel, ts, blocks: [], ...content(card, blocks) }), patient),
      );
    },
    async remove(channel, ts) {
      await call(true, () => client.chat.delete({ token, channel, ts }));
    },
    async whisper({ channel, thread }, user, card) {
      await deliver(card, (blocks) =>
        call(true, () =>
          client.chat.postEphemeral({
            token,
            channel,
            user,
            ...content(card, blocks),
            ...(thread === undefined ? {} : { thread_ts: thread }),
          }),
        ),
      );
    },
    async respond(address, card, how) {
      const answer = async (blocks: types.KnownBlock[] | undefined, attempt: number): Promise<void> => {
        const response = await fetch(address, {
          method: "POST",
          headers: { "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify({
            response_type: how.private ? "ephemeral" : "in_channel",
            replace_original: how.replace ?? false,
            ...(how.thread === undefined ? {} : { thread_ts: how.thread }),
            ...content(card, blocks),
            ...quiet,
          }),
          signal: AbortSignal.timeout(REQUEST_MS),
        });
        const body = await response.text();
        if (response.status === 429 && attempt === 1) {
          const asked = Number(response.headers.get("retry-after")) || 0;
          await sleep(createBackoff().next(Math.min(asked, LONGEST_WAIT_S) * 1000));
          return answer(blocks, 2);
        }
        const told = /"error"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? (/^\w+$/.test(body.trim()) ? body.trim() : "");
        if (!response.ok || (told !== "" && told !== "ok")) throw new ResponseError(response.status, told);
      };
      await deliver(card, (blocks) => answer(blocks, 1));
    },
    async openForm(trigger, view) {
      await call(false, () => client.views.open({ token, trigger_id: trigger, view }));
    },
    async publishHome(user, card, below) {
      await deliver(card, (blocks) =>
        call(true, () =>
          client.views.publish({
            token,
            user_id: user,
            view: {
              type: "home",
              blocks: [
                ...(blocks ?? [
                  { type: "section" as const, text: { type: "mrkdwn" as const, text: card.text.slice(0, 3_000) } },
                ]),
                ...below,
              ],
            },
          }),
        ),
      );
    },
    async openModal(trigger, title, card) {
      await deliver(card, (blocks) =>
        call(false, () => client.views.open({ token, trigger_id: trigger, view: modal(title, card, blocks) })),
      );
    },
    async updateModal(view, title, card) {
      await deliver(card, (blocks) =>
        call(true, () => client.views.update({ token, view_id: view, view: modal(title, card, blocks) })),
      );
    },
    async suggest(channel, title, prompts) {
      const [first, ...others] = prompts;
      if (!first) return;
      await call(true, () =>
        client.assistant.threads.setSuggestedPrompts({
          token,
          channel_id: channel,
          title,
          prompts: [first, ...others],
        }),
      );
    },
    async find(channel, text, since) {
      const { messages = [] } = await call(true, () =>
        client.conversations.history({ token, channel, oldest: String(since), limit: 100 }),
      );
      return messages.find((message) => JSON.stringify(message.blocks ?? []).includes(text))?.ts ?? false;
    },
    async isAdmin(user) {
      const { user: found } = await call(true, () => client.users.info({ token, user }));
      // In a channel that workspaces share somebody may administer another one than this.
      const home = found?.team_id ?? team;
      const here = home === team || found?.enterprise_user?.teams?.includes(team) === true;
      const administers = found?.is_admin === true || found?.is_owner === true || found?.is_primary_owner === true;
      return here && administers;
    },
    async prepare(card) {
      await keyOf(card)?.file();
    },
  };
}
