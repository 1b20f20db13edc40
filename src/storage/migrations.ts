// How the tables came to be, step by step. A step that was released is never changed; the next one changes what it made.
import type { Kysely, Migration } from "kysely";

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
};
