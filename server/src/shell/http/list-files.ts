import { Readable } from "node:stream";
import { CurrencyCode, MinorAmount } from "@tributary/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod, RouteOptions } from "fastify";
import { z } from "zod";
import { type CsvValue, csvLine } from "../../kernel/csv.ts";
import { currency, formatMoney } from "../../kernel/money.ts";

/** Rows read at a time: each page is a query of its own, so that no export holds a transaction open. */
const ROWS_A_PAGE = 2_000;

type Row = Readonly<Record<string, unknown>>;
type Page = { readonly data: readonly Row[]; readonly nextCursor: string | null };
type Column = { readonly name: string; readonly value: (row: Row) => CsvValue };

/**
 * Makes every keyset list that is registered after this call a file as well: `?format=csv` answers all rows that the list's filters
 * leave, in its order, streamed page by page; there is no limit. The handler stays the only one who decides what may be seen.
 */
export function listsAsFiles(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    const item = itemOf(route);
    if (item === undefined) return;
    const list = route.handler;
    const columns = columnsOf(item);
    route.handler = function (this: FastifyInstance, request, reply) {
      const { format } = request.query as { readonly format?: string };
      if (format !== "csv") return list.call(this, request, reply);
      return answerFile(this, list, columns, request, reply);
    };
  });
}

/** What a list lists; undefined for a route that is no keyset list. */
function itemOf(route: RouteOptions): z.ZodObject | undefined {
  const { querystring, response } = (route.schema ?? {}) as {
    querystring?: unknown;
    response?: Record<string, unknown>;
  };
  const answer = response?.["200"];
  if (!(querystring instanceof z.ZodObject) || !(answer instanceof z.ZodObject)) return undefined;
  const isList = "cursor" in querystring.shape && "format" in querystring.shape && "nextCursor" in answer.shape;
  const data: unknown = answer.shape.data;
  return isList && data instanceof z.ZodArray && data.element instanceof z.ZodObject ? data.element : undefined;
}

async function answerFile(
  app: FastifyInstance,
  list: RouteHandlerMethod,
  columns: readonly Column[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = request.query as Row;
  const read = async (cursor: unknown): Promise<Page> => {
    request.query = { ...query, limit: ROWS_A_PAGE, cursor };
    const answer = await list.call(app, request, reply);
    // Through the route's own schema: what it leaves out of the list is not in the file either.
    return JSON.parse(String(reply.serialize(answer as object))) as Page;
  };
  // Before the header is sent: what is refused is still refused as a problem.
  const first = await read(query.cursor);
  const name = request.url
    .split("?")[0]
    ?.split("/")
    .filter((part) => part !== "v1")
    .join("-")
    .replace(/^-/, "");
  reply.header("content-type", "text/csv; charset=utf-8");
  reply.header("content-disposition", `attachment; filename="${name}.csv"`);
  return reply.send(Readable.from(fileOf(first, columns, read), { objectMode: false }));
}

async function* fileOf(
  first: Page,
  columns: readonly Column[],
  read: (cursor: string) => Promise<Page>,
): AsyncGenerator<string> {
  yield `\ufeff${csvLine(columns.map((column) => column.name))}`;
  for (let page = first; ; page = await read(page.nextCursor)) {
    if (page.data.length > 0) yield page.data.map((row) => csvLine(columns.map(({ value }) => value(row)))).join("");
    if (page.nextCursor === null) return;
  }
}

/** One column per plain field; fields of records inside stand under `outer.inner`, lists and free-form values as JSON. */
function columnsOf(schema: z.ZodObject, path: readonly string[] = []): Column[] {
  return Object.entries(schema.shape).flatMap(([field, given]): Column[] => {
    const inner = bare(given);
    const at = [...path, field];
    if (inner instanceof z.ZodObject) return columnsOf(inner, at);
    const isAmount = is(inner, MinorAmount) && is(bare(schema.shape.currency), CurrencyCode);
    const value = (row: Row): CsvValue => {
      const found = inside(row, at);
      return isAmount ? amountOf(found, inside(row, [...path, "currency"])) : plain(found);
    };
    return [{ name: at.join("."), value }];
  });
}

/** Without what only says that a value may be missing. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return bare(schema.unwrap());
  }
  return schema;
}

/** The same schema, also when it was given a description of its own. */
function is(schema: unknown, known: z.ZodString): boolean {
  return schema === known || (schema instanceof z.ZodString && patternOf(schema) === patternOf(known));
}

function patternOf(schema: z.ZodString): string {
  return JSON.stringify(z.toJSONSchema(schema), (name, value: unknown) => (name === "description" ? undefined : value));
}

function inside(row: unknown, path: readonly string[]): unknown {
  let value = row;
  for (const name of path) value = (value as Row | null | undefined)?.[name];
  return value;
}

/** Whole units, `123.45`: a number for a spreadsheet, the currency stands in a column of its own. */
function amountOf(minor: unknown, code: unknown): CsvValue {
  if (typeof minor !== "string" || typeof code !== "string") return plain(minor);
  return formatMoney({ minor: BigInt(minor), currency: currency(code) }).split(" ")[0];
}

function plain(value: unknown): CsvValue {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(" ");
  return typeof value === "object" ? JSON.stringify(value) : (value as CsvValue);
}
