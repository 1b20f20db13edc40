// Values of Slack's buttons and menus.
import { createPressCodec } from "../chat/press.js";
import { BUTTON_VALUE, OPTION_VALUE } from "./limits.js";

/** Ids of our elements; what follows a colon only tells elements of one block apart. */
export const ACTIONS = { show: "standfirst_show", share: "standfirst_share", pick: "standfirst_pick" } as const;

export const PRESSES = createPressCodec({ limit: BUTTON_VALUE });
export const OPTIONS = createPressCodec({ limit: OPTION_VALUE });
