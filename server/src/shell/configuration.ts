import { resolve } from "node:path";
import { z } from "zod";
import { StartupProblem } from "./startup-problem.ts";

/** One variable of the environment: its name there, what it may hold, and what a reader of the reference needs to know. */
type Setting<T extends z.ZodType> = {
  readonly variable: string;
  readonly schema: T;
  /** What holds when it is not set, in words. */
  readonly fallback: string;
  readonly about: string;
  readonly example: string;
  /** Never printed, not even in an error. */
  readonly secret?: true;
};

function setting<T extends z.ZodType>(
  variable: string,
  schema: T,
  words: { fallback: string; about: string; example: string; secret?: true },
): Setting<T> {
  return { variable, schema, ...words };
}

const url = (protocols: RegExp, form: string) =>
  z.string().refine((text) => protocols.test(protocolOf(text) ?? ""), `must look like ${form}`);

/** A socket's folder stands in for the host in PostgreSQL's addresses (`user@/database?host=/folder`), which are no URLs to the standard. */
function protocolOf(text: string): string | undefined {
  return URL.parse(text.replace("@/", "@localhost/"))?.protocol;
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be between ${least} and ${most}`);

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export const roles = ["all", "edge", "api", "worker"] as const;
export type Role = (typeof roles)[number];

/** Every setting of the program. The reference page is generated from this table, and nothing else reads the environment. */
export const settings = {
  dataDirectory: setting("TRIBUTARY_DATA_DIR", z.string().default("./data"), {
    fallback: "`./data`",
    about:
      "Folder of everything that the program keeps: the built-in PostgreSQL and ClickHouse, uploaded files, the secret. `--data` says the same and wins.",
    example: "/var/lib/tributary",
  }),
  port: setting("PORT", wholeNumber(0, 65_535).default(3000), {
    fallback: "3000",
    about:
      "TCP port of the console, the portal, the API and the tracking links. 0 takes any free one. `--port` says the same and wins.",
    example: "8080",
  }),
  host: setting("HOST", z.string().optional(), {
    fallback: "every network interface; `demo`: `localhost`, since its passwords are known to all",
    about: "Address to listen on. `localhost` is reachable from this machine only.",
    example: "127.0.0.1",
  }),
  publicUrl: setting(
    "PUBLIC_URL",
    url(/^https?:$/, "https://partners.example.com")
      .transform((text) => text.replace(/\/+$/, ""))
      .optional(),
    {
      fallback: "`http://localhost:<PORT>`",
      about: "Address under which people and browsers reach the program: it is in links, mails, cookies and passkeys.",
      example: "https://partners.example.com",
    },
  ),
  databaseUrl: setting("DATABASE_URL", url(/^postgres(ql)?:$/, "postgresql://user:password@host/database").optional(), {
    fallback: "the built-in PostgreSQL in the data folder",
    about: "A PostgreSQL 18 database of your own. Its user must own the database.",
    example: "postgresql://tributary:secret@db.internal/tributary",
    secret: true,
  }),
  clickhouseUrl: setting("CLICKHOUSE_URL", url(/^https?:$/, "http://user:password@host:8123/database").optional(), {
    fallback: "the built-in ClickHouse engine in the data folder",
    about: "A ClickHouse server or cluster of your own, over its HTTP port; the path is the database.",
    example: "https://tributary:secret@ch.internal:8443/tributary",
    secret: true,
  }),
  clickhouseMemoryMegabytes: setting("CLICKHOUSE_MEMORY_MB", wholeNumber(256, 1_000_000).optional(), {
    fallback: "a quarter of the machine's memory, at least 1024 and at most 6144",
    about:
      "Most memory that the built-in ClickHouse engine may take while reports run. At rest it takes a few hundred MB.",
    example: "2048",
  }),
  secret: setting("TRIBUTARY_SECRET", z.string().min(32, "must have at least 32 characters").optional(), {
    fallback: "made on the first start and kept in the data folder (file `secret`, mode 0600)",
    about:
      "What sessions, click IDs and stored credentials are signed and sealed with. Set it, the same everywhere, when several machines serve one database. Whoever loses it signs everybody out and can no longer read stored credentials.",
    example: "the output of `openssl rand -base64 48`",
    secret: true,
  }),
  role: setting("TRIBUTARY_ROLE", z.enum(roles).default("all"), {
    fallback: "`all`",
    about:
      "Which part runs in this process: `edge` (tracking links and postbacks), `api` (console, portal, API), `worker` (processing and jobs) or `all`. `--role` says the same and wins.",
    example: "edge",
  }),
  activation: setting("TRIBUTARY_ACTIVATION", z.enum(["procedure", "approval"]).default("procedure"), {
    fallback: "`procedure`",
    about:
      "How partners become active, decided when the shipped procedures are first installed: `procedure` (by a launch at the end of their onboarding, when every gate is open) or `approval` (by whoever approves partners, by hand). Afterwards it is changed for each kind of partner under Onboarding, Settings.",
    example: "approval",
  }),
  logLevel: setting("LOG_LEVEL", z.enum(logLevels).default("info"), {
    fallback: "`info`",
    about: `How much is logged, one of ${logLevels.map((level) => `\`${level}\``).join(", ")}. The log is JSON lines on standard output, or plain lines in a terminal.`,
    example: "debug",
  }),
  trustedProxies: setting("TRUSTED_PROXIES", list.default([]), {
    fallback: "none: the caller's address is that of the connection",
    about:
      "Addresses or networks of the proxies in front, separated by commas. Only from them are `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host` believed.",
    example: "10.0.0.0/8, 127.0.0.1",
  }),
  smtpUrl: setting("SMTP_URL", url(/^smtps?:$/, "smtp://user:password@host:587").optional(), {
    fallback: "mails are not sent but kept in the data folder (`mail/`)",
    about: "Mail server for invitations, password resets and notices.",
    example: "smtp://tributary:secret@mail.internal:587",
    secret: true,
  }),
  mailFrom: setting("MAIL_FROM", z.string().default("Tributary <tributary@localhost>"), {
    fallback: "`Tributary <tributary@localhost>`",
    about: "Sender of the mails.",
    example: "Example Partners <partners@example.com>",
  }),
  fallbackUrl: setting("FALLBACK_URL", url(/^https?:$/, "https://www.example.com/").optional(), {
    fallback: "the fallback of the only active program; with several programs a plain page that says so",
    about: "Where a click on an unknown tracking link goes, on hosts that belong to no program.",
    example: "https://www.example.com/",
  }),
  geoDatabase: setting("GEO_DATABASE", z.string().optional(), {
    fallback: "the country table that comes with the program",
    about:
      "An MMDB file (MaxMind's format) that tells the country of an address, and its region, city and network where the file has them; several files, divided by commas, complete each other. A file that changes is read again within a minute.",
    example: "/usr/share/GeoIP/GeoLite2-City.mmdb,/usr/share/GeoIP/GeoLite2-ASN.mmdb",
  }),
  intakeKeepDays: setting("INTAKE_KEEP_DAYS", wholeNumber(30, 36_500).optional(), {
    fallback: "everything is kept",
    about:
      "Clicks and impressions that led to no event leave the intake log so many days after the longest attribution window of any program has passed; events that are reported later than that find no click. Events themselves, the clicks that they name and ClickHouse keep everything.",
    example: "90",
  }),
  outgoingKeepDays: setting("OUTGOING_KEEP_DAYS", wholeNumber(30, 36_500).optional(), {
    fallback: "everything is kept",
    about:
      "So many days after they were settled, webhook messages leave with their deliveries, and what was sent and answered in attempts of partner postbacks. That a partner was told of an event is kept, so that nobody is told twice.",
    example: "365",
  }),
  outboundLoopbackHosts: setting("OUTBOUND_LOOPBACK_HOSTS", list.default([]), {
    fallback: "none",
    about:
      "Host names, separated by commas, to which postbacks may go although they lead to this machine itself. For trying out and tests only: everything private is refused otherwise.",
    example: "localhost",
  }),
  webhookPrivateHosts: setting("WEBHOOK_PRIVATE_HOSTS", list.default([]), {
    fallback: "none",
    about:
      "Host names or addresses, separated by commas, of your own systems on a private network that webhooks may go to. Everything private is refused otherwise, and cloud metadata addresses always.",
    example: "crm.internal,10.0.0.12",
  }),
  linkTestPrivateHosts: setting("LINK_TEST_PRIVATE_HOSTS", list.default([]), {
    fallback: "none",
    about:
      "Host names, separated by commas, that a link test may visit although they lead to a private network or this machine: your own staging pages. Everything private is refused otherwise; links of this deployment's own address are always visited.",
    example: "staging.example.com",
  }),
} as const satisfies Record<string, Setting<z.ZodType>>;

type Settings = typeof settings;
type Given = { readonly [Name in keyof Settings]: z.output<Settings[Name]["schema"]> };

/** The validated configuration. Paths are absolute. */
export type Configuration = Omit<Given, "publicUrl"> & { readonly publicUrl: string };

/** Values from the command line, which win over the environment; given as the environment would give them. */
export type Overrides = { readonly [Name in keyof Settings]?: string | undefined };

/** @throws StartupProblem naming the first variable that does not hold, and what it should be. */
export function readConfiguration(environment: NodeJS.ProcessEnv, overrides: Overrides = {}): Configuration {
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(settings) as [keyof Settings, Setting<z.ZodType>][]) {
    const given = overrides[name] ?? environment[entry.variable];
    // An empty variable counts as not set: that is how compose files and shells leave one out.
    const result = entry.schema.safeParse(given === "" ? undefined : given);
    if (!result.success) {
      const shown = entry.secret ? "" : ` is "${given}", but it`;
      throw new StartupProblem(
        `${entry.variable}${shown} ${result.error.issues[0]?.message ?? "is not valid"}; see docs/reference/configuration.md.`,
      );
    }
    values[name] = result.data;
  }
  const given = values as Given;
  return {
    ...given,
    dataDirectory: resolve(given.dataDirectory),
    publicUrl: given.publicUrl ?? `http://localhost:${given.port}`,
  };
}

/** The reference page, docs/reference/configuration.md. */
export function configurationReference(): string {
  const rows = Object.values(settings).map(
    (entry) =>
      `| \`${entry.variable}\` | ${entry.about} | ${entry.fallback} | \`${entry.example.replaceAll("`", "")}\` |`,
  );
  return `# Configuration

<!-- Written by \`npm run generate\` from server/src/shell/configuration.ts. Do not edit. -->

Tributary is configured by variables of the environment, and none of them is needed: without any, \`npm start\` runs on the data folder
\`./data\` at http://localhost:3000. An empty variable counts as not set. A value that does not hold is refused at the start, in one sentence.

| variable | what it is | when not set | example |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
