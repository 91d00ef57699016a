/**
 * `npm run generate`: writes what is derived, so that it never drifts from its source.
 * The database's types and dump come from a scratch database with all migrations applied.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { migratePostgres } from "../../database/index.ts";
import { importerReference } from "../../integrations/index.ts";
import { configurationReference } from "../configuration.ts";
import { startPostgres } from "../engines/postgres-engine.ts";
import { browserScript } from "./browser-script.ts";
import { compatibilityReference } from "./compatibility.ts";
import { errorReference } from "./error-reference.ts";
import { metricReference } from "./metric-reference.ts";
import { permissionReference } from "./permission-reference.ts";
import { planSchema } from "./plan-schema.ts";
import { procedureReference } from "./procedure-reference.ts";
import { reasonReference } from "./reason-reference.ts";
import { architecturePage } from "./room-map.ts";
import { schemaDump } from "./schema-dump.ts";
import { schemaTypes } from "./schema-types.ts";
import { webhookReference } from "./webhook-reference.ts";
import { whyReference } from "./why-reference.ts";

const root = join(import.meta.dirname, "../../../..");

/** File (from the root of the repository) → its text. Needs the connection string of an empty database. */
export async function generatedFromDatabase(url: string): Promise<Map<string, string>> {
  await migratePostgres(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return new Map([
      ["server/src/database/schema.ts", await schemaTypes(client)],
      ["server/migrations/schema.sql", await schemaDump(client)],
    ]);
  } finally {
    await client.end();
  }
}

/** File → its text, for all that is derived from the sources alone. */
export function generatedFromSources(): Map<string, string> {
  return new Map([
    ["docs/reference/attribution-reasons.md", reasonReference()],
    ["docs/reference/compatibility.md", compatibilityReference()],
    ["docs/reference/configuration.md", configurationReference()],
    ["docs/reference/errors.md", errorReference()],
    ["docs/reference/importers.md", importerReference()],
    ["docs/reference/metrics.md", metricReference()],
    ["docs/reference/permissions.md", permissionReference()],
    ["docs/reference/plan-language.schema.json", planSchema()],
    ["docs/reference/procedures.md", procedureReference()],
    ["docs/reference/webhooks.md", webhookReference()],
    ["docs/reference/why.md", whyReference()],
    ["server/src/tracking/edge/browser-script.generated.ts", browserScript()],
    ["ARCHITECTURE.md", architecturePage()],
  ]);
}

async function generate(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "tributary-generate-"));
  const engine = await startPostgres({ directory, durable: false });
  try {
    const files = new Map([...(await generatedFromDatabase(engine.url)), ...generatedFromSources()]);
    for (const [file, text] of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
      process.stdout.write(`${file}\n`);
    }
  } finally {
    await engine.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await generate();
