// What the conversation asks of Discord.
import type { Client } from "discord.js";
import type { Shown } from "../chat/event.js";
import type { Outgoing } from "../chat/face.js";
import type { DiscordApi } from "./api.js";
import { errorFields, faultOf, permissionOf, refusalIn } from "./faults.js";
import { PLATFORM } from "./message.js";
import { channelName, missingInChannel } from "./permissions.js";
import { render } from "./render-card.js";

const ATTACH = "Attach Files";

export function createDiscordOutgoing(client: () => Client<true>, api: DiscordApi): Outgoing {
  /** Without its chart where the channel takes no files. */
  const fitting = (channel: string, shown: Shown): Shown =>
    missingInChannel(client(), channel).missing.includes(ATTACH)
      ? { ...shown, card: { ...shown.card, chart: undefined } }
      : shown;
  return {
    platform: PLATFORM,
    picks: "menu",
    typesLines: false,
    // A channel may forbid files without our knowing, and a server fail over an upload. Nothing is posted twice: messages carry a
    // nonce, and a second answer to an interaction is refused as such.
    lighterAfter: ["layout", "forbidden", "unavailable"],
    send: ({ channel }, shown, { answers, nonce }) =>
      api.send(channel, render(fitting(channel, shown)), {
        ...(answers === undefined ? {} : { replyTo: answers }),
        ...(nonce === undefined ? {} : { nonce }),
      }),
    edit: ({ channel }, message, shown) => api.edit(channel, message, render(fitting(channel, shown))),
    remove: ({ channel }, message) => api.remove(channel, message),
    async tell(_, reader, shown) {
      await api.send(await api.direct(reader), render(shown));
    },
    probe({ channel }) {
      const { name, missing } = missingInChannel(client(), channel);
      const lacking = missing.filter((each) => each !== ATTACH);
      if (name !== undefined && lacking.length === 0) return Promise.resolve({ name });
      const needed = lacking.length > 0 ? lacking : ["View Channels"];
      return Promise.resolve({ name, obstacle: { channel: name, missing: needed } });
    },
    nameOf: ({ channel }) => channelName(client(), channel),
    obstacle({ channel }, error) {
      const { name, missing } = missingInChannel(client(), channel);
      if (missing.length > 0) return { channel: name, missing };
      const said = refusalIn(error);
      return said === undefined ? { channel: name, missing: [permissionOf(error)] } : { channel: name, missing, said };
    },
    faultOf,
    fields: errorFields,
  };
}
