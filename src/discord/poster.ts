// Daily posts on Discord. A post is marked in the ids of its buttons; Discord drops a second one with the same nonce within
// minutes, and later the channel is read back.
import { SnowflakeUtil } from "discord.js";
import type { Client } from "discord.js";
import { noticeCard, type Card } from "../assistant/card.js";
import type { Posted, Poster } from "../daily/poster.js";
import type { DiscordApi } from "./api.js";
import { faultOf, permissionOf } from "./faults.js";
import { missingInChannel } from "./permissions.js";
import { renderCard } from "./render-card.js";

/** Our clock and Discord's may differ by so much. */
const CLOCKS_MS = 60_000;
const PAGES = 20;

export function createDiscordPoster(
  client: () => Client<true>,
  api: DiscordApi,
  frame: () => Promise<Card["explainer"]>,
): Poster {
  async function post(channel: string, card: Card, mark: string): Promise<string> {
    const { missing } = missingInChannel(client(), channel);
    const shown = missing.includes("Attach Files") ? { ...card, chart: undefined } : card;
    const send = (each: Card): Promise<string> => api.send(channel, renderCard(each, { asker: mark }), { nonce: mark });
    return send(shown).catch((error: unknown) => {
      if (shown.chart === undefined || faultOf(error) !== "forbidden") throw error;
      return send({ ...shown, chart: undefined });
    });
  }

  function outcomeOf(error: unknown, channel: string): Posted {
    const reason = error instanceof Error ? error.message : String(error);
    switch (faultOf(error)) {
      case "gone":
        return { kind: "closed", reason: "the channel is no longer there" };
      case "forbidden": {
        const { missing } = missingInChannel(client(), channel);
        return { kind: "closed", reason: `I lack ${missing.length > 0 ? missing.join(", ") : permissionOf(error)}` };
      }
      case "unavailable":
        return { kind: "unknown", reason };
      default:
        return { kind: "refused", reason };
    }
  }

  return {
    platform: "discord",
    prepare: () => Promise.resolve(),
    post: (channel, card, mark) =>
      post(channel, card, mark).then(
        (message): Posted => ({ kind: "posted", message }),
        (error: unknown) => outcomeOf(error, channel),
      ),
    async settle(channel, mark, since) {
      // Without this permission Discord shows an empty channel, which tells nothing.
      const { name, missing } = missingInChannel(client(), channel);
      if (name === undefined || missing.includes("Read Message History")) return undefined;
      const wanted = `:${BigInt(mark).toString(36)}:`;
      let after = String(SnowflakeUtil.generate({ timestamp: since - CLOCKS_MS }));
      for (let page = 0; page < PAGES; page++) {
        const messages = await api.since(channel, after);
        const found = messages.find(
          ({ author, components }) =>
            author.id === client().user.id && JSON.stringify(components ?? []).includes(wanted),
        );
        if (found) return found.id;
        const last = messages.at(-1);
        if (!last || messages.length < 100) return false;
        after = last.id;
      }
      return undefined;
    },
    async tell(person, notice) {
      await api.send(await api.direct(person), renderCard(noticeCard(await frame(), notice)));
    },
  };
}
