import { Session } from "chdb";

/** What a query brings along over HTTP: its database, its settings and its parameters, all for this one query only. */
export type QueryContext = {
  readonly database: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Values in ClickHouse's escaped text form, as the HTTP interface takes them in `param_…`. */
  readonly parameters: Readonly<Record<string, string>>;
};

export type ConnectionOptions = {
  readonly directory: string;
  readonly configFile: string;
  /** Reports that may run at a time. */
  readonly readers: number;
  /** Settings of every query that does not say otherwise. */
  readonly base: Readonly<Record<string, string>>;
  /** After so long a report is given up, so that no query can keep a connection for good. */
  readonly readSeconds: number;
  /** Threads of a report that starts now and does not say how many it wants. */
  readonly readThreads: () => number;
};

type Kind = "read" | "write";
type Settings = Readonly<Record<string, string>>;
type Connection = {
  readonly session: Session;
  /** Marks this connection's queries in the engine's list of what runs. */
  readonly mark: string;
  readonly base: Settings;
  readonly changed: Set<string>;
  database: string;
};

/**
 * The engine runs one query at a time per connection, so there are several. One is kept for writing:
 * however many reports run, clicks and events keep flowing in.
 */
export class ClickhouseConnections {
  readonly #all: readonly Connection[];
  readonly #free: Readonly<Record<Kind, Connection[]>>;
  readonly #waiting: Readonly<Record<Kind, ((connection: Connection) => void)[]>> = { read: [], write: [] };
  /** Only ends what others run: it is never busy for long. */
  readonly #control: Connection;
  readonly #readThreads: () => number;

  constructor(options: ConnectionOptions) {
    this.#readThreads = options.readThreads;
    const reading = { ...options.base, max_execution_time: String(options.readSeconds) };
    const readers = Array.from({ length: options.readers }, (_, index) => open(options, `reader-${index}`, reading));
    const writer = open(options, "writer", options.base);
    this.#control = open(options, "control", options.base);
    this.#all = [...readers, writer, this.#control];
    this.#free = { write: [writer], read: readers };
  }

  /**
   * Runs `work` alone on a connection that is set up for this query and cleaned afterwards. When `left` is aborted meanwhile, the
   * engine is told to stop computing: nobody would read the answer, and others wait for the connection.
   */
  async use<T>(
    kind: Kind,
    context: QueryContext,
    work: (session: Session) => Promise<T>,
    left?: AbortSignal,
  ): Promise<T> {
    const connection = await this.#take(kind);
    let ending: Promise<void> | undefined;
    const end = (): void => {
      ending = this.#endQueryOf(connection);
    };
    try {
      left?.throwIfAborted();
      await prepare(connection, kind === "read" ? this.#withThreads(context) : context);
      left?.throwIfAborted();
      left?.addEventListener("abort", end, { once: true });
      return await work(connection.session);
    } finally {
      left?.removeEventListener("abort", end);
      // The order to stop must not hit the next query on this connection.
      await ending;
      await restore(connection);
      this.#giveBack(kind, connection);
    }
  }

  #withThreads(context: QueryContext): QueryContext {
    return { ...context, settings: { max_threads: String(this.#readThreads()), ...context.settings } };
  }

  close(): void {
    for (const connection of this.#all) connection.session.close();
  }

  #take(kind: Kind): Promise<Connection> {
    const free = this.#free[kind].pop();
    return free ? Promise.resolve(free) : new Promise((resolve) => this.#waiting[kind].push(resolve));
  }

  #giveBack(kind: Kind, connection: Connection): void {
    const next = this.#waiting[kind].shift();
    if (next) next(connection);
    else this.#free[kind].push(connection);
  }

  async #endQueryOf(connection: Connection): Promise<void> {
    const where = `Settings['log_comment'] = ${literal(connection.mark)}`;
    await this.#control.session.queryAsync(`KILL QUERY WHERE ${where} ASYNC`).catch(() => undefined);
  }
}

async function restore(connection: Connection): Promise<void> {
  for (const name of connection.changed) {
    const value = connection.base[name];
    const reset = value === undefined ? "DEFAULT" : literal(value);
    await connection.session.queryAsync(`SET ${name} = ${reset}`).catch(() => undefined);
  }
  connection.changed.clear();
}

function open(options: ConnectionOptions, mark: string, settings: Settings): Connection {
  const session = new Session(options.directory, { connectionArgs: [`--config-file=${options.configFile}`] });
  const base = { ...settings, log_comment: mark };
  session.query(`SET ${assignments(base).join(", ")}`);
  return { session, mark, base, changed: new Set(), database: "default" };
}

/**
 * Settings and parameters are given by SET on the connection. The engine's own parameter binding is not used: its values are global
 * to the process, so two queries at a time would read each other's.
 */
async function prepare(connection: Connection, context: QueryContext): Promise<void> {
  if (connection.database !== context.database) {
    await connection.session.queryAsync(`USE ${identifier(context.database)}`);
    connection.database = context.database;
  }
  for (const name of Object.keys(context.settings)) connection.changed.add(settingName(name));
  const changes = [...assignments(context.settings), ...assignments(context.parameters, "param_")];
  if (changes.length > 0) await connection.session.queryAsync(`SET ${changes.join(", ")}`);
}

function assignments(values: Readonly<Record<string, string>>, prefix = ""): string[] {
  return Object.entries(values).map(([name, value]) => `${prefix}${settingName(name)} = ${literal(value)}`);
}

function settingName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new Error(`Code: 115. DB::Exception: Setting ${name} is not known. (UNKNOWN_SETTING)`);
}

function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

function literal(value: string): string {
  return `'${value.replace(/[\\']/g, "\\$&").replaceAll("\0", "\\0")}'`;
}
