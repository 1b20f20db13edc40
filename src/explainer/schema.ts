// The shape of an explainer's front matter, as an editor writes it.
import { z } from "zod";
import { parseRefresh } from "./refresh-time.js";

const text = z.string().trim().min(1, "is empty; write something or take the line out");

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const webAddress = z.url({ protocol: /^https?$/, error: "is not a web address; it starts with https://" });

/** Whether it can stand as a source's address. */
export const isWebAddress = (text: string): boolean => webAddress.safeParse(text).success && URL.canParse(text);

export const frontMatterSchema = z.strictObject({
  title: text.optional(),
  title_section: text.optional(),
  language: text.refine(isLanguage, "is not a language tag; write one such as en-GB or de").default("en"),
  time_zone: text.refine(isTimeZone, "is not an IANA time zone; write one such as Europe/London").default("UTC"),
  source: z
    .strictObject({
      title: text,
      author: text.optional(),
      publisher: text.optional(),
      url: webAddress.optional(),
      refresh: text
        .refine((each) => parseRefresh(each) !== undefined, "is no time; write 30m, 1h or 1d, from 5m to 30d")
        .transform(parseRefresh)
        .optional(),
    })
    .optional(),
  as_of: z.union([text, z.date().transform((date) => date.toISOString().slice(0, 10))]).optional(),
  /** What is told with answers that this edition puts right. */
  correction: text.max(400, "is longer than 400 characters").optional(),
  /** Whether what this edition changes is not worth telling those who were answered before. */
  minor: z.boolean({ error: "is neither true nor false" }).optional(),
  summary: z
    .strictObject({
      headline: text,
      lines: z.array(text).min(3, "needs three to five lines").max(5, "needs three to five lines"),
    })
    .optional(),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;
