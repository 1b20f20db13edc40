// Bolt's store of installations, in ours: what Slack gave for a workspace, or for a whole organisation that serves its workspaces.
import type { Installation as SlackInstallation, InstallationStore } from "@slack/bolt";
import type { Installation } from "../memory/address.js";
import type { Installations } from "../memory/installations.js";
import { PLATFORM } from "./message.js";

/** The bot is not, or no longer, in a workspace. */
export class NotInstalled extends Error {
  readonly code = "SLACK_NOT_INSTALLED";
}

export const at = (place: string): Installation => ({ platform: PLATFORM, place });

/** What an installation is of: the workspace, or the organisation. */
export const placeOf = ({ team, enterprise, isEnterpriseInstall }: SlackInstallation): string =>
  (isEnterpriseInstall === true ? enterprise?.id : team?.id) ?? "";

/** A workspace without one of its own is served by its organisation's, and goes with it. */
export function createInstallationStore(kept: Installations): InstallationStore {
  return {
    async storeInstallation(installation) {
      const place = placeOf(installation);
      if (place === "") throw new NotInstalled("Slack named neither a workspace nor an organisation");
      const before = await kept.get(at(place));
      // What was exchanged takes the place of what it was exchanged for, and of nothing newer; what was added is noted by who added it.
      if (before?.body !== undefined) await kept.renew(at(place), before.body, JSON.stringify(installation));
    },
    async fetchInstallation(query) {
      const { teamId, enterpriseId } = query;
      const own = teamId === undefined ? undefined : await kept.get(at(teamId));
      if (own?.body !== undefined) return JSON.parse(own.body) as SlackInstallation<"v2", false>;
      const org = own?.org ?? enterpriseId;
      const whole = org === undefined ? undefined : await kept.get(at(org));
      if (whole?.body === undefined) throw new NotInstalled(`the bot is not in ${teamId ?? enterpriseId ?? "there"}`);
      if (own === undefined && teamId !== undefined && org !== undefined) await kept.put(at(teamId), { org });
      return JSON.parse(whole.body) as SlackInstallation<"v2", false>;
    },
    async deleteInstallation(query) {
      const { teamId, enterpriseId, isEnterpriseInstall } = query;
      const place = isEnterpriseInstall ? enterpriseId : (teamId ?? enterpriseId);
      if (place !== undefined) await kept.remove(at(place));
    },
  };
}
