import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { finished, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Session } from "chdb";
import type { ClickhouseConnections, QueryContext } from "./clickhouse-connections.ts";

export type ClickhouseHttpOptions = {
  readonly connections: ClickhouseConnections;
  readonly user: string;
  readonly password: string;
  /** Folder for the bodies of inserts while they are read. */
  readonly uploads: string;
};

/** A query as it stands in the address of the request, and what is meant for this server rather than for the engine. */
type Request = { readonly sql: string; readonly id: string; readonly format: string; readonly context: QueryContext };

/**
 * The part of ClickHouse's HTTP interface that its official client uses: queries with parameters, settings and formats, inserts
 * streamed in any format, ping, and errors with their codes. Thanks to it CLICKHOUSE_URL may point here or to any real server.
 */
export function clickhouseHttp(options: ClickhouseHttpOptions): Server {
  let uploads = 0;
  return createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 }, (request, response) => {
    const address = new URL(request.url ?? "/", "http://engine");
    if (address.pathname === "/ping") return void response.end("Ok.\n");
    if (!isAllowed(request, address, options)) {
      return refuse(response, 403, "Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)");
    }
    uploads += 1;
    const upload = join(options.uploads, `${process.pid}-${uploads}.insert`);
    answer(options.connections, request, response, readRequest(address), upload).catch((error: Error) => {
      if (response.headersSent) return void response.destroy();
      refuse(response, statusOf(error.message), error.message);
    });
  });
}

function isAllowed(request: IncomingMessage, address: URL, options: ClickhouseHttpOptions): boolean {
  const expected = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString("base64")}`;
  if (request.headers.authorization === expected) return true;
  const user = request.headers["x-clickhouse-user"] ?? address.searchParams.get("user");
  const key = request.headers["x-clickhouse-key"] ?? address.searchParams.get("password");
  return user === options.user && key === options.password;
}

/** Addressed to the HTTP interface itself; everything else in the address is a setting. */
const OWN_NAMES = new Set(["query", "query_id", "database", "default_format", "user", "password", "role", "compress"]);
const IGNORED_NAMES = new Set([
  "session_id",
  "session_timeout",
  "session_check",
  "quota_key",
  "stacktrace",
  "decompress",
]);

function readRequest(address: URL): Request {
  const settings: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const [name, value] of address.searchParams) {
    if (name.startsWith("param_")) parameters[name.slice("param_".length)] = value;
    else if (!OWN_NAMES.has(name) && !IGNORED_NAMES.has(name) && !isTransport(name)) settings[name] = value;
  }
  const own = address.searchParams;
  return {
    sql: own.get("query") ?? "",
    id: own.get("query_id") ?? "",
    format: own.get("default_format") ?? "TabSeparated",
    context: { database: own.get("database") || "default", settings, parameters },
  };
}

/** Settings of a real server's HTTP transport, which mean nothing to the engine behind this one. */
function isTransport(name: string): boolean {
  return name.startsWith("http_") || name === "enable_http_compression" || name.startsWith("send_progress_in_http");
}

async function answer(
  connections: ClickhouseConnections,
  request: IncomingMessage,
  response: ServerResponse,
  query: Request,
  upload: string,
): Promise<void> {
  response.setHeader("X-ClickHouse-Query-Id", query.id);
  response.setHeader("X-ClickHouse-Timezone", "UTC");
  const body = request.headers["content-encoding"] === "gzip" ? unpacked(request) : request;
  if (/^\s*insert\b/i.test(query.sql) && request.method === "POST") {
    return await insertBody(connections, body, response, query, upload);
  }
  const sql = await wholeQuery(request, body, query);
  const context = sql.context;
  if (/^[\s(]*(select|with)\b/i.test(withoutComments(sql.text))) {
    const stream = (session: Session) => streamResult(session, sql.text, query.format, response);
    return await connections.use("read", context, stream, departure(response));
  }
  const kind = /^\s*(show|describe|desc|explain|exists)\b/i.test(withoutComments(sql.text)) ? "read" : "write";
  await connections.use(kind, context, async (session) => {
    await finish(session, sql.text, query.format, response);
  });
}

/** A sender that breaks off ends the unpacking too: a pipe alone would wait for the rest for good. */
function unpacked(request: IncomingMessage): Readable {
  const gunzip = createGunzip();
  finished(request, { writable: false }, (error) => {
    if (error) gunzip.destroy(error);
  });
  return request.pipe(gunzip);
}

/** Aborted when whoever asked has gone before the answer's end. */
function departure(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  const leave = (): void => {
    if (!response.writableFinished) left.abort();
  };
  if (response.destroyed) leave();
  else response.once("close", leave);
  return left.signal;
}

/** The query's text comes in the address, in the body, or begins in one and goes on in the other; or as a form with parameters. */
async function wholeQuery(
  request: IncomingMessage,
  body: Readable,
  query: Request,
): Promise<{ text: string; context: QueryContext }> {
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/form-data")) {
    const form = await new Response(Readable.toWeb(body) as never, { headers: { "content-type": type } }).formData();
    const parameters: Record<string, string> = { ...query.context.parameters };
    let text = query.sql;
    for (const [name, value] of form) {
      if (name === "query") text = String(value);
      else if (name.startsWith("param_")) parameters[name.slice("param_".length)] = String(value);
    }
    return { text, context: { ...query.context, parameters } };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  const rest = Buffer.concat(chunks).toString("utf8");
  return { text: query.sql && rest ? `${query.sql}\n${rest}` : query.sql + rest, context: query.context };
}

/**
 * The rows of an insert go to a file first, which the engine then reads itself: any format, any size, no second copy in this
 * process, and a body that breaks off inserts nothing.
 */
async function insertBody(
  connections: ClickhouseConnections,
  body: Readable,
  response: ServerResponse,
  query: Request,
  upload: string,
): Promise<void> {
  const file = createWriteStream(upload, { mode: 0o600 });
  try {
    await pipeline(body, file);
    if (file.bytesWritten === 0) {
      return await connections.use("write", query.context, (session) =>
        finish(session, query.sql, query.format, response),
      );
    }
    const text = fromFile(query.sql, upload);
    await connections.use("write", query.context, (session) => finish(session, text, query.format, response));
  } finally {
    await rm(upload, { force: true });
  }
}

/** `INSERT INTO t (a) FORMAT X` → `INSERT INTO t (a) FROM INFILE '…' FORMAT X` */
function fromFile(sql: string, upload: string): string {
  const found = /^([\s\S]*?)(\s+SETTINGS\s[\s\S]*?)?\s+(?:FORMAT\s+(\w+)|(VALUES))\s*;?\s*$/i.exec(sql);
  if (!found)
    throw new Error("Code: 62. DB::Exception: Syntax error: an insert with a body ends in FORMAT. (SYNTAX_ERROR)");
  const [, head, settings, format, values] = found;
  const path = upload.replace(/[\\']/g, "\\$&");
  return `${head} FROM INFILE '${path}'${settings ?? ""} FORMAT ${values ? "Values" : format}`;
}

/** Sends rows as they come; the first piece is awaited before the header, so that most errors still get a status of their own. */
async function streamResult(session: Session, sql: string, format: string, response: ServerResponse): Promise<void> {
  const stream = session.queryStream(sql, { format });
  // Never cancelled while a piece is being made: such a stream does not end, and its connection would be lost for good.
  let sent = 0;
  let rows = 0;
  for await (const chunk of stream) {
    if (sent === 0) writeHead(response, format);
    sent += chunk.numBytes;
    rows += chunk.numRows;
    // Whoever has left never drains: waiting for that would keep the connection for good.
    if (response.destroyed) return stream.cancel();
    if (!response.write(chunk.raw())) await drained(response);
  }
  if (sent === 0) writeHead(response, format, { result_rows: String(rows) });
  response.end();
}

async function finish(session: Session, sql: string, format: string, response: ServerResponse): Promise<void> {
  const result = await session.queryAsync(sql, { format });
  const summary = { read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) };
  writeHead(response, format, {
    ...summary,
    written_rows: String(result.rowsRead),
    written_bytes: String(result.bytesRead),
  });
  response.end(result.bytes());
}

function writeHead(response: ServerResponse, format: string, summary: Record<string, string> = {}): void {
  response.writeHead(200, {
    "Content-Type": "text/plain; charset=UTF-8",
    "X-ClickHouse-Format": format,
    "X-ClickHouse-Summary": JSON.stringify(summary),
  });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}

function withoutComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, "");
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const code = /Code: (\d+)/.exec(message)?.[1] ?? "1000";
  const text = message.startsWith("Code:") ? message : `Code: 1000. DB::Exception: ${message} (POCO_EXCEPTION)`;
  response.writeHead(status, { "Content-Type": "text/plain; charset=UTF-8", "X-ClickHouse-Exception-Code": code });
  response.end(`${text}\n`);
}

const CLIENT_MISTAKES = new Set([
  "6",
  "27",
  "38",
  "41",
  "42",
  "43",
  "47",
  "53",
  "62",
  "72",
  "115",
  "117",
  "131",
  "456",
]);

function statusOf(message: string): number {
  const code = /Code: (\d+)/.exec(message)?.[1] ?? "";
  if (code === "60" || code === "81") return 404;
  return CLIENT_MISTAKES.has(code) ? 400 : 500;
}
