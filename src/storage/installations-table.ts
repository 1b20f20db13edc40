// Where the bot is installed: the step by which its table came to be. Released, and never changed.
import type { Kysely, Migration } from "kysely";

export const installationsTable: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("installations")
      .addColumn("platform", "varchar(20)", (column) => column.notNull())
      .addColumn("place", "varchar(64)", (column) => column.notNull())
      .addColumn("org", "varchar(64)")
      .addColumn("body", "text")
      .addColumn("installed_at", "bigint", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint")
      .addPrimaryKeyConstraint("one_installation", ["platform", "place"])
      .execute();
    await db.schema.createIndex("installations_ended").on("installations").columns(["ended_at"]).execute();
  },
};
