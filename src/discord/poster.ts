// Daily posts on Discord. A post is marked in the ids of its buttons; Discord drops a second one with the same nonce within
// minutes, and later the channel is read back.
import { SnowflakeUtil, type Client } from "discord.js";
import { sendAsFits } from "../chat/deliver.js";
import type { Outgoing } from "../chat/face.js";
import type { Posted, Poster } from "../daily/poster.js";
import type { Logger } from "pino";
import type { DiscordApi } from "./api.js";
import { faultOf, permissionOf, refusalIn } from "./faults.js";
import { addressOf, PLATFORM } from "./message.js";
import { missingInChannel } from "./permissions.js";
import { PRESSES } from "./press.js";

/** Of the fifty requests a second that Discord takes from a bot (topics/rate-limits) the rest is for answers. */
const PACE = { perSecond: 47.5, per: "bot" } as const;
/** Requests of the running second that stay free for answers. */
const RESERVED = 2;
/** Our clock and Discord's may differ by so much. */
const CLOCKS_MS = 60_000;
const PAGES = 20;

export function createDiscordPoster(client: () => Client<true>, api: DiscordApi, out: Outgoing, log: Logger): Poster {
  function outcomeOf(error: unknown, channel: string): Posted {
    const detail = error instanceof Error ? error.message : String(error);
    switch (faultOf(error)) {
      case "gone":
        return { kind: "closed", reason: { code: "gone", detail: "" } };
      case "forbidden": {
        const { missing } = missingInChannel(client(), channel);
        const said = missing.length > 0 ? undefined : refusalIn(error);
        if (said !== undefined) return { kind: "closed", reason: { code: "forbidden", detail: said } };
        const lacking = missing.length > 0 ? missing.join(", ") : permissionOf(error);
        return { kind: "closed", reason: { code: "lacking", detail: lacking } };
      }
      case "unavailable":
        return { kind: "unknown", reason: { code: "unavailable", detail } };
      default:
        return { kind: "refused", reason: { code: "refused", detail } };
    }
  }

  return {
    platform: PLATFORM,
    pace: PACE,
    hasRoom() {
      const { globalRemaining, globalReset } = client().rest;
      // The client begins a new second with the next request alone.
      return globalRemaining > RESERVED || globalReset < Date.now();
    },
    prepare: () => Promise.resolve(),
    post: (at, card, mark, place) =>
      // What may have arrived is settled first; a chart is left out only where the channel certainly refused it.
      sendAsFits(
        { card, place: { ...place, asker: mark } },
        { ...out, lighterAfter: ["layout", "forbidden"] },
        log,
        (shown) => out.send(at, shown, { nonce: mark, ...(at.thread === undefined ? {} : { answers: at.thread }) }),
      ).then(
        (message): Posted => ({ kind: "posted", message }),
        (error: unknown) => outcomeOf(error, at.channel),
      ),
    edit: (at, message, card, place) =>
      sendAsFits({ card, place }, { ...out, lighterAfter: ["layout", "forbidden"] }, log, (shown) =>
        out.edit(at, message, shown),
      ).then(
        (): Posted => ({ kind: "posted", message }),
        (error: unknown) => outcomeOf(error, at.channel),
      ),
    directly: async (_, person) => addressOf(undefined, await api.direct(person)),
    async settle({ place, channel }, mark, since) {
      // Without this permission Discord shows an empty channel, which tells nothing.
      const { name, missing } = missingInChannel(client(), channel);
      // A conversation with somebody belongs to no server, and the bot reads it whole.
      if (place !== "" && (name === undefined || missing.includes("Read Message History"))) return undefined;
      const wanted = PRESSES.mark(mark);
      // What went out as words alone has no button to be known by.
      let bare = false;
      let after = String(SnowflakeUtil.generate({ timestamp: since - CLOCKS_MS }));
      for (let page = 0; page < PAGES; page++) {
        const messages = await api.since(channel, after);
        const found = messages.find(
          ({ author, components }) =>
            author.id === client().user.id && JSON.stringify(components ?? []).includes(wanted),
        );
        if (found) return found.id;
        bare ||= messages.some(
          ({ author, components }) => author.id === client().user.id && (components ?? []).length === 0,
        );
        const last = messages.at(-1);
        if (!last || messages.length < 100) return bare ? undefined : false;
        after = last.id;
      }
      return undefined;
    },
    fields: (error) => out.fields(error),
    tell: (of, person, card) => out.tell(of, person, { card, place: {} }),
  };
}
