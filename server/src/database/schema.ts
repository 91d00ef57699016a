// Written by `npm run generate` from the migrated database. Do not edit.
// biome-ignore lint/suspicious/noExplicitAny: replaced by the generated tables
export type Schema = any;
