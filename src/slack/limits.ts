// What Slack takes, each with where it says so. Documentation: https://docs.slack.dev

/** Blocks in a message (reference/block-kit/blocks). */
export const MESSAGE_BLOCKS = 50;
/** Characters of a text object in a section; kept for rich text too, whose own limit is not documented (blocks/section-block). */
export const BLOCK_TEXT = 3_000;
/** Characters of a message's text that an update takes (methods/chat.update, "msg_too_long"). */
export const MESSAGE_TEXT = 4_000;
/** Characters on a button and on an option of a menu (block-elements/button-element, composition-objects/option-object). */
export const BUTTON_TEXT = 75;
/** Characters of a button's value (block-elements/button-element). */
export const BUTTON_VALUE = 2_000;
/** Options of a menu, and characters of an option's value (block-elements/select-menu-element, option-object). */
export const MENU_OPTIONS = 100;
export const OPTION_VALUE = 150;
export const PLACEHOLDER = 150;
/** Characters of an image's alternative text (blocks/image-block). */
export const ALT_TEXT = 2_000;
/** Characters of a modal's title (surfaces/modals). */
export const MODAL_TITLE = 24;
/** Suggested prompts of a direct-message pane (methods/assistant.threads.setSuggestedPrompts). */
export const PROMPTS = 4;
/** Bytes of a request that we read; Slack's own are far smaller. */
export const REQUEST_BYTES = 1_000_000;
