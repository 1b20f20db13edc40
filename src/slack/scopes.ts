// What the bot asks a workspace for, each with its reason: the manifest, the install page and the doctor go by it.

export interface Scope {
  readonly name: string;
  readonly why: string;
}

export const SCOPES: readonly Scope[] = [
  { name: "app_mentions:read", why: "to hear its mentions in channels" },
  { name: "im:history", why: "to hear what is written to it directly" },
  { name: "commands", why: "slash commands and the message shortcut" },
  { name: "chat:write", why: "to answer" },
  { name: "files:write", why: "to show charts" },
  { name: "users:read", why: "to know admins and owners, who may change settings and others' daily posts" },
  { name: "assistant:write", why: "to suggest questions in the direct-message pane" },
];
