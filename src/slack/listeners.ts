// Slack's events, commands, buttons and forms, each acknowledged before any work and handed to the conversation.
import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import { commandTable } from "../chat/commands.js";
import type { Conversation } from "../chat/conversation.js";
import type { Rights } from "../chat/event.js";
import type { Press } from "../chat/press.js";
import { wordingOf } from "../languages/languages.js";
import type { Address } from "../memory/address.js";
import type { SlackApi } from "./api.js";
import { DAILY_BUTTON, DAILY_FORM, dailyForm, readForm } from "./form.js";
import { createHome, openPane } from "./home.js";
import { PLATFORM, readEvent, type Self } from "./message.js";
import { NotInstalled } from "./installations.js";
import { ACTIONS, PRESSES } from "./press.js";
import { renderCard } from "./render-card.js";
import { wordsOf } from "./text.js";
import { createTurn } from "./turn.js";
import type { Served } from "./workspaces.js";

export const SHORTCUT = "answer_from_the_article";
export const TEACH_SHORTCUT = "teach_this_question";

/** What a press may be that shows nothing of the article. */
const REMARKS: ReadonlySet<Press["action"]> = new Set(["not", "tell"]);

/** A workspace or an organisation removed the bot, or took its token back; `at`: at which second. */
export type Left = (place: string, at: number, how: "removed" | "revoked") => Promise<void>;

export interface ListenOptions {
  readonly app: App;
  readonly apiFor: (served: Served) => SlackApi;
  /** Hears when the bot was taken out, and at which second. */
  readonly left: Left;
  readonly conversation: Conversation;
  /** Whether daily posts can be set up by a form. */
  readonly forms: boolean;
  readonly log: Logger;
}

/** A channel by name; Slack names private channels and conversations by their kind. */
const channelNamed = (name: string): string =>
  /^(?:privategroup|directmessage|mpdm-)/.test(name) ? wordingOf("en").thisConversation() : `#${name}`;

/** What serves the workspace of an event, as `authorize` put it into what Bolt tells of it. */
const servedIn = (context: object): Served | undefined => (context as { served?: Served }).served;
/** What is past the first listener is served. */
function needed(context: object): Served {
  const served = servedIn(context);
  if (!served) throw new NotInstalled("the bot is not there");
  return served;
}

/** What tells that the bot was taken out of somewhere. */
const ENDS = new Set<unknown>(["app_uninstalled", "tokens_revoked", "team_access_revoked"]);

/** Seconds since 1970 at which an event happened; now, where it does not say. */
function timeOf(body: object): number {
  const { event_time: at } = body as { event_time?: unknown };
  return typeof at === "number" ? at : Math.floor(Date.now() / 1000);
}

export function listen({ app, apiFor: apiOf, left, conversation, forms, log }: ListenOptions): void {
  // What comes from where the bot is not, or no more, is acknowledged, and that is all.
  app.use(async ({ context, body, next, ...args }) => {
    // Bolt asks nobody's leave for what tells of the end.
    const { event } = body as { event?: { type?: unknown } };
    const ends = ENDS.has(event?.type);
    if (servedIn(context) || ends) return next();
    if ("ack" in args && typeof args.ack === "function") await args.ack();
    log.debug({ workspace: context.teamId }, "something came from where the bot is not");
  });
  const openHome = createHome(log);
  const apiFor = (context: object): SlackApi => apiOf(needed(context));
  const self = (context: object): Self => {
    const { botUserId = "", teamId } = needed(context);
    return { user: botUserId, team: teamId };
  };
  const at = (context: object, channel: string, thread?: string): Address => ({
    platform: PLATFORM,
    place: self(context).team,
    channel,
    thread,
  });
  /** Whoever may post in a channel sets something up there; an administrator changes what others did. */
  const rightsOf = (context: object, user: string): Rights => ({
    set: true,
    change: () => apiFor(context).isAdmin(user),
    all: false,
  });

  function heard(event: object, context: object): Promise<void> {
    return conversation.handle("a message", async () => {
      const news = readEvent(event, self(context));
      if (!news) return;
      if (news.kind === "deleted") conversation.deleted(news.at, [news.id]);
      else conversation[news.kind](news.message);
      await Promise.resolve();
    });
  }
  app.event("app_mention", ({ event, context }) => heard(event, context));
  app.event("message", ({ event, context }) => heard(event, context));
  app.event("app_home_opened", async ({ event, context }) => {
    await conversation.handle("an opened Home", () =>
      event.tab === "messages"
        ? openPane(at(context, event.channel), apiFor(context), conversation, log)
        : openHome(at(context, event.channel), event.user, apiFor(context), conversation),
    );
  });
  const gone = (
    context: { teamId?: string | null; enterpriseId?: string; isEnterpriseInstall: boolean },
    body: object,
    how: "removed" | "revoked",
  ) =>
    conversation.handle("a leave", () => {
      const { teamId: team, enterpriseId: org, isEnterpriseInstall: whole } = context;
      // Of an organisation as a whole Slack names no workspace, or the organisation in its place.
      const place = whole || team === undefined || team === null ? org : team;
      return place === undefined ? Promise.resolve() : left(place, timeOf(body), how);
    });
  app.event("app_uninstalled", ({ context, body }) => gone(context, body, "removed"));
  app.event("team_access_revoked", ({ event, body }) =>
    conversation.handle("a leave", async () => {
      for (const team of event.team_ids) await left(team, timeOf(body), "removed");
    }),
  );
  app.event("tokens_revoked", async ({ event, context, body }) => {
    // Others than the bot's are none of ours.
    if ((event.tokens.bot ?? []).length > 0) await gone(context, body, "revoked");
  });
  for (const { name, menuOnly } of commandTable(false)) {
    if (menuOnly) continue;
    app.command(`/${name}`, async ({ ack, command, context }) => {
      await ack();
      const { text, user_id: user, response_url: responseUrl, channel_id: channel, trigger_id: id } = command;
      await conversation.commanded({
        id,
        at: at(context, channel),
        reader: user,
        readerName: command.user_name,
        turn: createTurn({ responseUrl }, apiFor(context)),
        name,
        options: undefined,
        line: wordsOf(text),
        rights: rightsOf(context, user),
        alone: true,
        channelName: channelNamed(command.channel_name),
        restate: true,
      });
    });
  }
  if (forms) {
    app.action(DAILY_BUTTON, async ({ ack, body, context }) => {
      await ack();
      const { trigger_id: trigger } = body as unknown as { trigger_id: string };
      await conversation.handle("a form", () => apiFor(context).openForm(trigger, dailyForm()));
    });
    app.view(DAILY_FORM, async ({ ack, body, view, context }) => {
      await ack();
      const reader = body.user.id;
      await conversation.handle("a form", async () => {
        const { channel, options: filled } = readForm(view.state.values);
        const { ok, card } = await conversation.submitted({
          part: "start",
          options: filled,
          at: at(context, channel),
          channelName: channel.startsWith("D") ? wordingOf("en").thisConversation() : undefined,
          reader,
          rights: rightsOf(context, reader),
        });
        // The form is closed by then: what came of it stands in the conversation with the bot, and in Home.
        const api = apiFor(context);
        await api.post({ channel: reader }, renderCard(card));
        if (ok) await openHome(at(context, ""), reader, api, conversation);
      });
    });
  }
  for (const callback of [SHORTCUT, TEACH_SHORTCUT])
    app.shortcut({ type: "message_action", callback_id: callback }, async ({ ack, shortcut, context }) => {
      await ack();
      const {
        message,
        user,
        channel,
        response_url: responseUrl,
        trigger_id: id,
      } = shortcut as unknown as {
        message: { text?: string; ts: string; thread_ts?: string };
        user: { id: string; name?: string };
        channel?: { id: string };
        response_url: string;
        trigger_id: string;
      };
      await conversation.picked({
        id,
        at: at(context, channel?.id ?? ""),
        reader: user.id,
        name: user.name,
        ...(callback === TEACH_SHORTCUT ? { for: "teach" as const } : {}),
        rights: rightsOf(context, user.id),
        turn: createTurn({ responseUrl, thread: message.thread_ts }, apiFor(context)),
        text: wordsOf(message.text ?? ""),
        target: message.thread_ts ?? message.ts,
        alone: true,
      });
    });
  for (const [name, id] of Object.entries(ACTIONS)) {
    app.action(new RegExp(`^${id}(:|$)`), async ({ ack, body, action, context }) => {
      await ack();
      const { value, selected_option } = action as { value?: string; selected_option?: { value: string } };
      const from = body as unknown as {
        user: { id: string; name?: string };
        channel?: { id: string };
        container?: { is_ephemeral?: boolean; thread_ts?: string; type?: string; message_ts?: string };
        message?: { thread_ts?: string };
        response_url?: string;
        trigger_id: string;
        view?: { id: string; type: string };
      };
      const read = PRESSES.decode(value ?? selected_option?.value ?? "");
      const own = from.container?.is_ephemeral === true;
      const thread = from.container?.thread_ts ?? from.message?.thread_ts;
      const answerable = {
        responseUrl: from.response_url,
        triggerId: from.trigger_id,
        modal: from.view?.type === "modal" ? from.view.id : undefined,
        ephemeral: own,
        thread,
      };
      await conversation.pressed({
        id: from.trigger_id,
        at: at(context, from.channel?.id ?? "", thread),
        reader: from.user.id,
        name: from.user.name,
        message: from.container?.message_ts,
        turn: createTurn(answerable, apiFor(context)),
        // Before values told the action, elements did.
        press: read && {
          ...read,
          action: REMARKS.has(read.action) ? read.action : name === "share" ? "share" : "show",
        },
        own,
        apart: from.response_url === undefined,
        rights: rightsOf(context, from.user.id),
      });
    });
  }
}
