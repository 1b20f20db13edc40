// How the tables came to be, step by step. A step that was released is never changed; the next one changes what it made.
import { createHash } from "node:crypto";
import type { Kysely, Migration } from "kysely";
import { installationsTable } from "./installations-table.js";
import type { SaidRow, SubscriptionRow, Tables } from "./tables.js";

/** What was said had no explainer of its own then. */
type Tables003 = Omit<Tables, "said"> & { readonly said: Omit<SaidRow, "explainer"> };

/** What results were called before they were codes. */
const CODES: Readonly<Record<string, string>> = {
  "skipped: it could not be posted in time": "late",
  "skipped: nothing had changed": "unchanged",
  "may not have arrived: the platform did not say, and it is not posted twice": "unknown",
  "skipped: the article is not there, or has faults": "no-article",
  "skipped: paused": "paused",
  "the channel is no longer there": "gone",
};

/** Rows of one statement; SQLite binds at most 32,766 values. */
const ROWS = 500;

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "001-daily": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("subscriptions")
        .addColumn("id", "varchar(36)", (column) => column.primaryKey())
        .addColumn("platform", "varchar(20)", (column) => column.notNull())
        .addColumn("place", "varchar(64)", (column) => column.notNull())
        .addColumn("channel", "varchar(64)", (column) => column.notNull())
        .addColumn("channel_name", "text", (column) => column.notNull())
        .addColumn("explainer", "text", (column) => column.notNull())
        .addColumn("time", "varchar(5)", (column) => column.notNull())
        .addColumn("zone", "varchar(64)", (column) => column.notNull())
        .addColumn("only_changes", "integer", (column) => column.notNull())
        .addColumn("created_by", "varchar(64)", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("next_at", "bigint", (column) => column.notNull())
        .addColumn("next_date", "varchar(10)", (column) => column.notNull())
        .addColumn("state", "varchar(10)", (column) => column.notNull())
        .addColumn("reason", "text")
        .addColumn("told", "integer", (column) => column.notNull())
        .addColumn("last_result", "text")
        .addColumn("last_date", "varchar(10)")
        .addColumn("last_at", "bigint")
        .addColumn("shown", "text")
        .addColumn("shown_at", "bigint")
        .addUniqueConstraint("one_a_channel", ["platform", "channel", "explainer"])
        .execute();
      await db.schema.createIndex("due").on("subscriptions").columns(["state", "next_at", "id"]).execute();
      await db.schema.createIndex("of_a_place").on("subscriptions").columns(["platform", "place"]).execute();
      await db.schema
        .createTable("deliveries")
        .addColumn("subscription", "varchar(36)", (column) => column.notNull())
        .addColumn("local_date", "varchar(10)", (column) => column.notNull())
        .addColumn("due_at", "bigint", (column) => column.notNull())
        .addColumn("state", "varchar(10)", (column) => column.notNull())
        .addColumn("mark", "varchar(20)", (column) => column.notNull())
        .addColumn("attempts", "integer", (column) => column.notNull())
        .addColumn("sent_at", "bigint")
        .addColumn("message", "varchar(64)")
        .addColumn("reason", "text")
        .addColumn("updated_at", "bigint", (column) => column.notNull())
        // Once per subscription and local date, whatever happens.
        .addPrimaryKeyConstraint("once_a_day", ["subscription", "local_date"])
        .execute();
      await db.schema.createIndex("open_deliveries").on("deliveries").columns(["state", "updated_at"]).execute();
      await db.schema
        .createTable("seen")
        .addColumn("key", "varchar(200)", (column) => column.primaryKey())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("seen_at").on("seen").column("at").execute();
    },
  },
  "002-given": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("given")
        .addColumn("question", "varchar(64)", (column) => column.primaryKey())
        .addColumn("answer", "varchar(64)", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("given_at").on("given").column("at").execute();
    },
  },
  "003-addresses": {
    async up(db: Kysely<Tables003>) {
      // A channel that two workspaces share is two addresses: uniqueness is widened, which takes a new table.
      await db.schema
        .createTable("contents")
        .addColumn("digest", "varchar(43)", (column) => column.primaryKey())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("contents_at").on("contents").column("at").execute();
      await db.schema.alterTable("deliveries").addColumn("shown", "varchar(43)").execute();
      await db.schema
        .createTable("subscriptions_new")
        .addColumn("id", "varchar(36)", (column) => column.primaryKey())
        .addColumn("platform", "varchar(20)", (column) => column.notNull())
        .addColumn("place", "varchar(64)", (column) => column.notNull())
        .addColumn("channel", "varchar(64)", (column) => column.notNull())
        .addColumn("channel_name", "text", (column) => column.notNull())
        .addColumn("explainer", "text", (column) => column.notNull())
        .addColumn("time", "varchar(5)", (column) => column.notNull())
        .addColumn("zone", "varchar(64)", (column) => column.notNull())
        .addColumn("only_changes", "integer", (column) => column.notNull())
        .addColumn("created_by", "varchar(64)", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("next_at", "bigint", (column) => column.notNull())
        .addColumn("next_date", "varchar(10)", (column) => column.notNull())
        .addColumn("state", "varchar(10)", (column) => column.notNull())
        .addColumn("reason", "text")
        .addColumn("told", "integer", (column) => column.notNull())
        .addColumn("last_result", "text")
        .addColumn("last_date", "varchar(10)")
        .addColumn("last_at", "bigint")
        .addColumn("shown", "varchar(43)")
        .addColumn("shown_at", "bigint")
        .addUniqueConstraint("one_an_address", ["platform", "place", "channel", "explainer"])
        .execute();
      const into = db as unknown as Kysely<{ subscriptions_new: SubscriptionRow }>;
      const codeOf = (text: string | null): string | null => (text === null ? null : (CODES[text] ?? text));
      for (let last = ""; ;) {
        const rows = await db
          .selectFrom("subscriptions")
          .selectAll()
          .where("id", ">", last)
          .orderBy("id")
          .limit(ROWS)
          .execute();
        for (const row of rows) {
          // It was the article's state alone; what is kept now holds the card beside it.
          const body = row.shown === null ? null : JSON.stringify({ shown: JSON.parse(row.shown) as unknown });
          const digest = body === null ? null : createHash("sha256").update(body).digest("base64url");
          if (body !== null && digest !== null)
            await db
              .insertInto("contents")
              .values({ digest, body, at: row.shown_at ?? row.created_at })
              .onConflict((conflict) => conflict.column("digest").doNothing())
              .execute();
          const kept = { ...row, shown: digest, reason: codeOf(row.reason), last_result: codeOf(row.last_result) };
          await into.insertInto("subscriptions_new").values(kept).execute();
        }
        const end = rows.at(-1);
        if (!end || rows.length < ROWS) break;
        last = end.id;
      }
      await db.schema.dropTable("subscriptions").execute();
      await db.schema.alterTable("subscriptions_new").renameTo("subscriptions").execute();
      await db.schema.createIndex("due").on("subscriptions").columns(["state", "next_at", "id"]).execute();
      await db.schema.createIndex("of_a_place").on("subscriptions").columns(["platform", "place"]).execute();
      await db.schema
        .createTable("said")
        .addColumn("platform", "varchar(20)", (column) => column.notNull())
        .addColumn("place", "varchar(64)", (column) => column.notNull())
        .addColumn("channel", "varchar(64)", (column) => column.notNull())
        .addColumn("message", "varchar(64)", (column) => column.notNull())
        .addColumn("thread", "varchar(64)")
        .addColumn("answers", "varchar(64)")
        .addColumn("subject", "text", (column) => column.notNull())
        .addColumn("page", "integer", (column) => column.notNull())
        .addColumn("digest", "varchar(22)", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("once_said", ["platform", "place", "channel", "message"])
        .execute();
      await db.schema.createIndex("said_in_answer").on("said").columns(["platform", "answers"]).execute();
      await db.schema.createIndex("said_at").on("said").column("at").execute();
      // Only one platform kept its answers, and their numbers alone.
      const old = db as unknown as Kysely<{ given: { question: string; answer: string; at: number } }>;
      for (const { question, answer, at } of await old.selectFrom("given").selectAll().execute())
        await db
          .insertInto("said")
          .values({
            platform: "discord",
            place: "",
            channel: "",
            message: answer,
            thread: null,
            answers: question,
            subject: "",
            page: 0,
            digest: "",
            at,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      await db.schema.dropTable("given").execute();
    },
  },
  "004-desk": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("said").addColumn("explainer", "varchar(200)").execute();
      await db.schema.createIndex("said_of").on("said").columns(["explainer", "at"]).execute();
      await db.schema
        .createTable("places")
        .addColumn("platform", "varchar(20)", (column) => column.notNull())
        .addColumn("place", "varchar(64)", (column) => column.notNull())
        .addColumn("settings", "text", (column) => column.notNull())
        .addColumn("updated_at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("one_a_place", ["platform", "place"])
        .execute();
      await db.schema
        .createTable("revisions")
        .addColumn("name", "varchar(20)", (column) => column.primaryKey())
        .addColumn("number", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("questions")
        .addColumn("id", "varchar(20)", (column) => column.primaryKey())
        .addColumn("explainer", "varchar(200)", (column) => column.notNull())
        .addColumn("key", "varchar(43)", (column) => column.notNull())
        .addColumn("words", "text", (column) => column.notNull())
        .addColumn("forms", "text", (column) => column.notNull())
        .addColumn("outcome", "varchar(12)", (column) => column.notNull())
        .addColumn("section", "varchar(200)")
        .addColumn("confidence", "integer", (column) => column.notNull())
        .addColumn("count", "integer", (column) => column.notNull())
        .addColumn("first_at", "bigint", (column) => column.notNull())
        .addColumn("last_at", "bigint", (column) => column.notNull())
        .addColumn("state", "varchar(10)", (column) => column.notNull())
        .addColumn("decided_by", "varchar(100)")
        .addColumn("decided_at", "bigint")
        .addColumn("taught", "varchar(20)")
        .addColumn("vector", "text")
        .addUniqueConstraint("one_a_wording", ["explainer", "key"])
        .execute();
      await db.schema
        .createIndex("questions_by_state")
        .on("questions")
        .columns(["state", "count", "last_at"])
        .execute();
      await db.schema.createIndex("questions_first").on("questions").column("first_at").execute();
      await db.schema
        .createTable("recent")
        .addColumn("ticket", "varchar(12)", (column) => column.primaryKey())
        .addColumn("explainer", "varchar(200)", (column) => column.notNull())
        .addColumn("words", "text", (column) => column.notNull())
        .addColumn("section", "varchar(200)")
        .addColumn("confidence", "integer", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("recent_at").on("recent").column("at").execute();
      await db.schema
        .createTable("tally")
        .addColumn("day", "varchar(10)", (column) => column.notNull())
        .addColumn("explainer", "varchar(200)", (column) => column.notNull())
        .addColumn("outcome", "varchar(12)", (column) => column.notNull())
        .addColumn("section", "varchar(200)", (column) => column.notNull())
        .addColumn("count", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("one_a_count", ["day", "explainer", "outcome", "section"])
        .execute();
      await db.schema
        .createTable("taught")
        .addColumn("id", "varchar(20)", (column) => column.primaryKey())
        .addColumn("explainer", "varchar(200)", (column) => column.notNull())
        .addColumn("words", "text", (column) => column.notNull())
        .addColumn("section", "varchar(200)")
        .addColumn("passage", "text")
        .addColumn("kind", "varchar(64)")
        .addColumn("by", "varchar(100)", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("undone_at", "bigint")
        .execute();
      await db.schema
        .createTable("wishes")
        .addColumn("id", "varchar(20)", (column) => column.primaryKey())
        .addColumn("platform", "varchar(20)", (column) => column.notNull())
        .addColumn("place", "varchar(64)", (column) => column.notNull())
        .addColumn("reader", "varchar(64)", (column) => column.notNull())
        .addColumn("explainer", "varchar(200)", (column) => column.notNull())
        .addColumn("words", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("wishes_of").on("wishes").columns(["platform", "place", "reader"]).execute();
      await db.schema
        .createTable("errands")
        .addColumn("id", "varchar(20)", (column) => column.primaryKey())
        .addColumn("kind", "varchar(10)", (column) => column.notNull())
        .addColumn("about", "varchar(200)", (column) => column.notNull())
        .addColumn("platform", "varchar(20)", (column) => column.notNull())
        .addColumn("place", "varchar(64)", (column) => column.notNull())
        .addColumn("channel", "varchar(64)", (column) => column.notNull())
        .addColumn("thread", "varchar(64)", (column) => column.notNull())
        .addColumn("message", "varchar(64)", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("state", "varchar(10)", (column) => column.notNull())
        .addColumn("attempts", "integer", (column) => column.notNull())
        .addColumn("rank", "bigint", (column) => column.notNull())
        .addColumn("not_before", "bigint", (column) => column.notNull())
        .addColumn("sent_at", "bigint")
        .addColumn("updated_at", "bigint", (column) => column.notNull())
        .addColumn("result", "text")
        .addUniqueConstraint("one_errand", ["kind", "about", "platform", "place", "channel", "message"])
        .execute();
      await db.schema
        .createIndex("errands_due")
        .on("errands")
        .columns(["state", "platform", "place", "rank", "id"])
        .execute();
      await db.schema.createIndex("errands_of").on("errands").columns(["kind", "about"]).execute();
      await db.schema
        .createTable("editions")
        .addColumn("explainer", "varchar(200)", (column) => column.primaryKey())
        .addColumn("digest", "varchar(43)", (column) => column.notNull())
        .addColumn("number", "integer", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("wording", "text", (column) => column.notNull())
        .addColumn("past", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("audit")
        .addColumn("id", "varchar(20)", (column) => column.primaryKey())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("who", "varchar(100)", (column) => column.notNull())
        .addColumn("what", "varchar(40)", (column) => column.notNull())
        .addColumn("about", "text", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("audit_at").on("audit").column("at").execute();
    },
  },
  "005-installations": installationsTable,
};
