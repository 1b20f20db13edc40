// What Discord refuses in a message, a command or an interaction's answer: shapes and limits as its documentation gives them.
import { z } from "zod";

const V2 = 1 << 15;
const EPHEMERAL = 1 << 6;
const SUPPRESS_EMBEDS = 1 << 2;

const customId = z.string().min(1).max(100);
const button = z.strictObject({
  type: z.literal(2),
  style: z.number().int().min(1).max(4),
  label: z.string().min(1).max(80),
  custom_id: customId,
  disabled: z.boolean().optional(),
});
const select = z.strictObject({
  type: z.literal(3),
  custom_id: customId,
  placeholder: z.string().max(150).optional(),
  options: z
    .array(
      z.strictObject({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().max(100).optional(),
      }),
    )
    .min(1)
    .max(25)
    .refine((options) => new Set(options.map((option) => option.value)).size === options.length, "values repeat"),
});
const row = z.strictObject({
  type: z.literal(1),
  components: z.union([z.array(button).min(1).max(5), z.array(select).length(1)]),
});
/** Any component may be numbered, to be found again in what comes with a press (components/reference, "Anatomy of a Component"). */
const numbered = z.number().int().min(1).max(2_147_483_647).optional();
const text = z.strictObject({ type: z.literal(10), id: numbered, content: z.string().min(1).max(4000) });
const gallery = z.strictObject({
  type: z.literal(12),
  items: z
    .array(
      z.strictObject({
        media: z.strictObject({ url: z.string().regex(/^(attachment|https?):\/\//) }),
        description: z.string().min(1).max(1024).optional(),
      }),
    )
    .min(1)
    .max(10),
});
const separator = z.strictObject({
  type: z.literal(14),
  divider: z.boolean().optional(),
  spacing: z.number().optional(),
});
const simple = z.union([row, text, gallery, separator]);
const container = z.strictObject({
  type: z.literal(17),
  accent_color: z.number().optional(),
  components: z.array(simple).min(1),
});
const component = z.union([simple, container]);

const messageSchema = z
  .strictObject({
    content: z.string().max(2000).nullish(),
    components: z.array(component).optional(),
    flags: z.number().int().optional(),
    allowed_mentions: z.strictObject({ parse: z.array(z.string()), replied_user: z.boolean().optional() }).optional(),
    attachments: z
      .array(z.strictObject({ id: z.string(), filename: z.string(), description: z.string().max(1024).optional() }))
      .optional(),
    message_reference: z
      .strictObject({ message_id: z.string(), fail_if_not_exists: z.boolean().optional() })
      .optional(),
    nonce: z.string().max(25).optional(),
    enforce_nonce: z.boolean().optional(),
  })
  .superRefine((message, context) => {
    const complain = (problem: string): void => context.addIssue({ code: "custom", message: problem });
    const flags = message.flags ?? 0;
    if ((flags & ~(V2 | EPHEMERAL | SUPPRESS_EMBEDS)) !== 0) complain("unknown flags");
    const listed = message.components ?? [];
    if ((flags & V2) === 0) {
      if (listed.some((each) => each.type !== 1)) complain("this layout needs the flag IS_COMPONENTS_V2");
      if ((message.content ?? "") === "" && listed.length === 0) complain("cannot send an empty message");
      return;
    }
    if (message.content !== undefined && message.content !== null)
      complain("the content field cannot be used with MessageFlags.IS_COMPONENTS_V2");
    if (listed.length === 0) complain("cannot send an empty message");
    const flat = listed.flatMap((each) => (each.type === 17 ? [each, ...each.components] : [each]));
    const count = flat.reduce((sum, each) => sum + 1 + (each.type === 1 ? each.components.length : 0), 0);
    if (count > 40) complain("more than 40 components");
    const length = flat.reduce((sum, each) => sum + (each.type === 10 ? each.content.length : 0), 0);
    if (length > 4000) complain("more than 4000 characters of text");
    const ids = flat.flatMap((each) => (each.type === 1 ? each.components.map((inner) => inner.custom_id) : []));
    if (new Set(ids).size !== ids.length) complain("component custom id cannot be duplicated");
    for (const each of flat) {
      if (each.type !== 12) continue;
      for (const { media } of each.items) {
        const name = /^attachment:\/\/(.+)$/.exec(media.url)?.[1];
        if (name !== undefined && !(message.attachments ?? []).some((file) => file.filename === name))
          complain(`the referenced attachment ${name} was not found`);
      }
    }
  });

export type SentMessage = z.infer<typeof messageSchema>;

const option = z.strictObject({
  type: z.literal(3),
  name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u),
  description: z.string().min(1).max(100),
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  max_length: z.number().int().min(1).max(6000).optional(),
});
const channelOption = z.strictObject({
  type: z.literal(7),
  name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u),
  description: z.string().min(1).max(100),
  required: z.boolean().optional(),
  channel_types: z.array(z.number().int()).optional(),
});
/** Choices and suggestions exclude each other. */
const choiceOption = z.strictObject({
  type: z.literal(3),
  name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u),
  description: z.string().min(1).max(100),
  required: z.boolean().optional(),
  choices: z
    .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().min(1).max(100) }))
    .min(1)
    .max(25),
});
const flagOption = z.strictObject({
  type: z.literal(5),
  name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u),
  description: z.string().min(1).max(100),
  required: z.boolean().optional(),
});
const subcommand = z.strictObject({
  type: z.literal(1),
  name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u),
  description: z.string().min(1).max(100),
  options: z.array(z.union([option, channelOption, flagOption, choiceOption])).max(25),
});
const placement = {
  integration_types: z.array(z.number().int().min(0).max(1)).min(1).optional(),
  contexts: z.array(z.number().int().min(0).max(2)).min(1).optional(),
};
const commandsSchema = z
  .array(
    z.union([
      z.strictObject({
        type: z.literal(1),
        name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u),
        description: z.string().min(1).max(100),
        options: z
          .union([z.array(option).max(25), z.array(subcommand).max(25)])
          .refine(
            (options) =>
              options.every(
                (each, index) =>
                  !("required" in each && each.required === true) ||
                  options.slice(0, index).every((before) => "required" in before && before.required === true),
              ),
            "required options must stand before optional ones",
          ),
        default_member_permissions: z.string().nullable().optional(),
        ...placement,
      }),
      z.strictObject({
        type: z.literal(3),
        name: z.string().min(1).max(32),
        default_member_permissions: z.string().nullable().optional(),
        ...placement,
      }),
    ]),
  )
  .max(100);

const choicesSchema = z.strictObject({
  choices: z.array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().min(1).max(100) })).max(25),
});

function told(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

function check<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const read = schema.safeParse(value);
  return read.success ? { ok: true, value: read.data } : { ok: false, problem: told(read.error) };
}

export const checkMessage = (value: unknown): Checked<SentMessage> => check(messageSchema, value);
export const checkCommands = (value: unknown): Checked<z.infer<typeof commandsSchema>> => check(commandsSchema, value);
export const checkChoices = (value: unknown): Checked<z.infer<typeof choicesSchema>> => check(choicesSchema, value);
