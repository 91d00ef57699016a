import type pg from "pg";

type Column = {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly is_array: boolean;
  readonly labels: string[] | null;
  readonly nullable: boolean;
  readonly identity: "" | "a" | "d";
  readonly generated: boolean;
  readonly has_default: boolean;
};

const COLUMNS = `
  select n.nspname as schema, c.relname as table, a.attname as column, a.attidentity as identity,
         a.attgenerated <> '' as generated, a.atthasdef as has_default, e.typcategory = 'A' as is_array,
         not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)) as nullable,
         coalesce(b.typname, e.typname) as type,
         (select array_agg(l.enumlabel::text order by l.enumsortorder) from pg_enum l where l.enumtypid = coalesce(b.oid, e.oid)) as labels
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    join pg_type e on e.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
    left join pg_type b on b.oid = e.typelem and e.typcategory = 'A'
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
     and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname not like 'pg\\_%'
   order by 1, 2, a.attnum`;

/** TypeScript for every table of every room, as the query builder wants it: what is read, what may be inserted, what updated. */
export async function schemaTypes(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<Column>(COLUMNS);
  const tables = Map.groupBy(rows, (row) => `${row.schema}.${row.table}`);
  const interfaces = [...tables].map(
    ([name, columns]) => `export interface ${pascal(name)} {\n${columns.map(member).join("\n")}\n}\n`,
  );
  const members = [...tables.keys()].map((name) => `  ${key(name)}: ${pascal(name)};`);
  return `${HEAD}\n${interfaces.join("\n")}\nexport interface Schema {\n${members.join("\n")}\n}\n`;
}

const HEAD = `// Written by \`npm run generate\` from the migrated database. Do not edit.
import type { ColumnType, GeneratedAlways } from "kysely";

/** Has a default in the database: may be left out of an insert. */
type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
type Int8 = ColumnType<bigint, bigint | number, bigint | number>;
/** Exact decimal as text; never a float. */
type Numeric = ColumnType<string, string | bigint, string | bigint>;
type Instant = ColumnType<Date, Date | string, Date | string>;
/** Give arrays and plain strings as JSON text: the driver would take an array for a PostgreSQL array. */
// biome-ignore lint/suspicious/noExplicitAny: the room that owns the column knows its shape
type Json = ColumnType<any, unknown, unknown>;
`;

const TYPES: Readonly<Record<string, string>> = {
  int2: "number",
  int4: "number",
  oid: "number",
  float4: "number",
  float8: "number",
  bool: "boolean",
  int8: "Int8",
  numeric: "Numeric",
  timestamptz: "Instant",
  json: "Json",
  jsonb: "Json",
  bytea: "Buffer",
};

const ELEMENTS: Readonly<Record<string, string>> = {
  Int8: "bigint",
  Numeric: "string",
  Instant: "Date",
  Json: "unknown",
};

function member(column: Column): string {
  const single = column.labels
    ? column.labels.map((label) => JSON.stringify(label)).join(" | ")
    : (TYPES[column.type] ?? "string");
  let type = single;
  if (column.is_array) {
    const element = ELEMENTS[single] ?? single;
    type = element.includes("|") ? `(${element})[]` : `${element}[]`;
  }
  if (column.nullable) type = `${type} | null`;
  if (column.generated || column.identity === "a") type = `GeneratedAlways<${type.replace(/\bInt8\b/, "bigint")}>`;
  else if (column.has_default || column.identity === "d") type = `Generated<${type}>`;
  return `  ${key(column.column)}: ${type};`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function pascal(name: string): string {
  return name.replace(/(?:^|[._])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
