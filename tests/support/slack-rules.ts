// What Slack refuses in a message or view: shapes and limits as its documentation gives them.
import { z } from "zod";

const plain = (limit: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(limit), emoji: z.boolean().optional() });
const mrkdwn = (limit: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(limit), verbatim: z.boolean().optional() });

const flag = z.boolean().optional();
const style = z.strictObject({ bold: flag, italic: flag, strike: flag, code: flag }).optional();
const richText = z.strictObject({
  type: z.literal("rich_text"),
  block_id: z.string().max(255).optional(),
  elements: z
    .array(
      z.strictObject({
        type: z.literal("rich_text_section"),
        elements: z.array(
          z.discriminatedUnion("type", [
            z.strictObject({ type: z.literal("text"), text: z.string().min(1), style }),
            z.strictObject({ type: z.literal("link"), url: z.url().max(3000), text: z.string().optional(), style }),
          ]),
        ),
      }),
    )
    .min(1),
});
const section = z.strictObject({
  type: z.literal("section"),
  text: z.union([mrkdwn(3000), plain(3000)]),
});
const context = z.strictObject({
  type: z.literal("context"),
  elements: z
    .array(z.union([mrkdwn(3000), plain(3000)]))
    .min(1)
    .max(10),
});
const image = z.strictObject({
  type: z.literal("image"),
  alt_text: z.string().min(1).max(2000),
  slack_file: z.strictObject({ id: z.string() }),
});
const actionId = z.string().min(1).max(255);
const button = z.strictObject({
  type: z.literal("button"),
  text: plain(75),
  action_id: actionId,
  value: z.string().max(2000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});
const select = z.strictObject({
  type: z.literal("static_select"),
  action_id: actionId,
  placeholder: plain(150),
  options: z
    .array(z.strictObject({ text: plain(75), value: z.string().min(1).max(150) }))
    .min(1)
    .max(100),
});
const actions = z.strictObject({
  type: z.literal("actions"),
  elements: z
    .array(z.discriminatedUnion("type", [button, select]))
    .min(1)
    .max(25)
    .refine(
      (elements) => new Set(elements.map((each) => each.action_id)).size === elements.length,
      "action_id is not unique",
    ),
});
const input = z.strictObject({
  type: z.literal("input"),
  block_id: z.string().max(255).optional(),
  label: plain(2000),
  optional: z.boolean().optional(),
  hint: plain(2000).optional(),
  element: z.looseObject({ type: z.string(), action_id: actionId }),
});
const divider = z.strictObject({ type: z.literal("divider") });
const block = z.discriminatedUnion("type", [divider, richText, section, context, image, actions, input]);
export type Block = z.infer<typeof block>;

/** Characters of all text in a message's blocks together, as observed by users of Slack. */
const TOTAL_TEXT = 13_200;

function textLength(blocks: readonly Block[]): number {
  const texts = JSON.stringify(blocks).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
  return texts.reduce((sum, each) => sum + each.length - 9, 0);
}

export interface Refusal {
  readonly error: string;
  readonly messages: readonly string[];
}

/** Why blocks are refused; undefined where they are not. `files`: ids of files that can be shown. */
export function refuseBlocks(value: unknown, most: number, files: ReadonlySet<string>): Refusal | undefined {
  const read = z.array(block).max(most).safeParse(value);
  if (!read.success)
    return {
      error: "invalid_blocks",
      messages: read.error.issues.map(
        (issue) => `[ERROR] ${issue.message} [json-pointer:/blocks/${issue.path.join("/")}]`,
      ),
    };
  for (const [index, each] of read.data.entries()) {
    if (each.type === "rich_text" && JSON.stringify(each).length > 3000 * 4)
      return { error: "invalid_blocks", messages: ["[ERROR] rich text too long"] };
    if (each.type === "rich_text") {
      const length = each.elements
        .flatMap(({ elements }) => elements)
        .reduce((sum, part) => sum + (part.type === "text" ? part.text.length : part.url.length), 0);
      if (length > 3000)
        return {
          error: "invalid_blocks",
          messages: [`[ERROR] more than 3000 characters [json-pointer:/blocks/${index}]`],
        };
    }
    if (each.type === "image" && !files.has(each.slack_file.id))
      return {
        error: "invalid_blocks",
        messages: [`[ERROR] invalid slack file [json-pointer:/blocks/${index}/slack_file]`],
      };
  }
  return textLength(read.data) > TOTAL_TEXT ? { error: "msg_blocks_too_long", messages: [] } : undefined;
}

const view = z.strictObject({
  type: z.enum(["home", "modal"]),
  title: plain(24).optional(),
  close: plain(24).optional(),
  submit: plain(24).optional(),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  blocks: z.array(z.unknown()),
});

export function refuseView(value: unknown, files: ReadonlySet<string>): Refusal | undefined {
  const read = view.safeParse(value);
  if (!read.success)
    return { error: "invalid_arguments", messages: read.error.issues.map((issue) => `[ERROR] ${issue.message}`) };
  if (read.data.type === "modal" && read.data.title === undefined)
    return { error: "invalid_arguments", messages: ["[ERROR] missing title"] };
  return refuseBlocks(read.data.blocks, 100, files);
}
