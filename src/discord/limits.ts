// What Discord takes, each with where it says so. Documentation: https://docs.discord.com/developers

/** Characters of all text in a message of the second component layout together (components/reference, "Text Display"). */
export const MESSAGE_TEXT = 4_000;
/** Components in such a message, nested ones counted (components/reference). */
export const COMPONENTS = 40;
/** Buttons in an action row (components/reference, "Action Row"). */
export const ROW_BUTTONS = 5;
/** Characters on a button (components/reference, "Button"). */
export const BUTTON_LABEL = 80;
/** Options in a select menu, and characters of an option's label and value (components/reference, "String Select"). */
export const SELECT_OPTIONS = 25;
export const OPTION_LABEL = 100;
export const PLACEHOLDER = 150;
/** Characters of a component's id of ours (components/reference, "custom_id"). */
export const CUSTOM_ID = 100;
/** Characters of an attachment's description (resources/message, "Attachment Object"). */
export const ALT_TEXT = 1_024;
/** Choices that autocomplete may offer, and characters of each (interactions/application-commands). */
export const AUTOCOMPLETE_CHOICES = 25;
export const AUTOCOMPLETE_LABEL = 100;
/** Characters that a string option may hold (interactions/application-commands, "max_length"). */
export const OPTION_LENGTH = 6_000;
/** Milliseconds until the first response to an interaction (interactions/receiving-and-responding). */
export const FIRST_RESPONSE_MS = 3_000;
/** Characters of a message's content outside that layout (resources/message, "Create Message"). */
export const MESSAGE_CONTENT = 2_000;
