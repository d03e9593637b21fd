// Which columns do all tables of facts share?
import { customType, integer } from "drizzle-orm/pg-core";

/** A byte string; a Buffer in JavaScript. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** First in every key: no row can point into another dataset. */
export const datasetId = () => integer("dataset_id").notNull();

/** The activity that made the row. */
export const activity = () => integer("activity").notNull();

/** The activity that replaced the row: null until then, set once. Nothing else about a fact is ever updated. */
export const supersededBy = () => integer("superseded_by");
