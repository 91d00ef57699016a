import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportVendor } from "@tributary/contract";
import type { Context } from "../../database/index.ts";
import { addFile, createImport, createWebhook, startCheck, startRun, workOn } from "../../integrations/index.ts";
import { csvLine } from "../../kernel/csv.ts";
import {
  addressPolicy,
  createPostback,
  createShadow,
  createSource,
  readShadowFile,
  takeShadowFile,
} from "../../tracking/index.ts";
import { importNeeds } from "../imports.ts";
import type { Program } from "../program.ts";
import { vaultFor } from "../tracking-parts.ts";
import type { PlannedEvent } from "./planned.ts";
import type { SampleRecords } from "./records.ts";
import type { World } from "./world.ts";

/** A conversion as the system beside this one knows it too. */
export interface Seen {
  readonly type: string;
  readonly order: string;
  readonly customer: string;
  readonly at: number;
  /** empty: has none */
  readonly amount: string;
  readonly partner: string;
  readonly status?: string;
}

const DAY_MS = 86_400_000;
const COMPARED_DAYS = 30;
const COMPARED_TYPES = ["registration", "deposit"];

/** Looks on while the year goes by, and remembers of the casino's last month what another system would have reported. */
export class Onlooker {
  readonly #from: number;
  readonly #until: number;
  readonly #partners = new Map<string, string>();
  readonly #seen: Seen[] = [];

  readonly #codes: ReadonlyMap<string, string>;

  /** @param until end of the sample, milliseconds since 1970 */
  constructor({ partners }: World, until: number) {
    this.#codes = new Map(partners.flatMap(({ codes, name }) => codes.map((code) => [code, name] as const)));
    this.#until = until - DAY_MS;
    this.#from = until - COMPARED_DAYS * DAY_MS;
  }

  look(events: readonly PlannedEvent[]): void {
    for (const event of events) {
      if (event.vertical !== "casino" || !COMPARED_TYPES.includes(event.type)) continue;
      const { type, customerRef: customer, at, externalId: order, fields } = event;
      const by = event.click?.partner.name ?? this.#codes.get(event.code ?? "");
      if (by !== undefined) this.#partners.set(customer, by);
      const partner = this.#partners.get(customer);
      if (partner !== undefined && at >= this.#from && at < this.#until)
        this.#seen.push({ type, order, customer, at, amount: fields.amount ?? "", partner });
    }
  }

  /** What was seen of the last month, in the order of time. */
  get seen(): readonly Seen[] {
    return this.#seen;
  }

  /** What the other system exports: mostly the same, and every kind of difference that one meets. */
  exported(): string {
    const header = [
      "Conversion ID",
      "Event Name",
      "Order ID",
      "Customer",
      "Date",
      "Partner",
      "Sale Amount",
      "Currency",
      "Status",
    ];
    const rows = this.#seen.flatMap((one, index) => told(one, index)).map((one, index) => rowOf(one, index));
    return [header, ...rows].map((row) => csvLine(row)).join("");
  }
}

function rowOf({ type, order, customer, at, partner, amount, status }: Seen, index: number): string[] {
  const date = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  return [`ev-${index}`, type, order, customer, date, partner, amount, "EUR", status ?? "approved"];
}

/** Every second of the first twelve and every eightieth after that is told in another way there, one way after the other. */
function told(seen: Seen, index: number): readonly Seen[] {
  const differs = index < 12 ? index % 2 === 1 : index % 80 === 0;
  if (!differs) return [seen];
  switch (Math.floor(index < 12 ? index / 2 : index / 80) % 6) {
    case 0:
      return [];
    case 1:
      return [{ ...seen, status: "rejected" }];
    case 2:
      return [{ ...seen, partner: "Evergreen Slots Guide" }];
    case 3:
      return [{ ...seen, partner: "EGS Group", at: seen.at - DAY_MS }];
    case 4:
      return [seen, { ...seen, order: `x-${seen.order}`, customer: `X-${index}`, at: seen.at + 7_200_000 }];
    default:
      return seen.amount === "" ? [seen, seen] : [{ ...seen, amount: (Number(seen.amount) * 0.9).toFixed(2) }];
  }
}

/** What leads from and to the systems of others: a comparison, imports, a postback, a webhook, an integration that changed its host. */
export async function writeOtherSystems(
  ctx: Context,
  program: Program,
  records: SampleRecords,
  onlooker: Onlooker,
): Promise<void> {
  await writeComparison(ctx, records, onlooker.exported());
  await writeCalls(ctx, program, records);
  await importMovers(ctx, program, records);
}

/** The file is read and compared by the worker, once it runs. */
async function writeComparison(ctx: Context, { cast, programIds }: SampleRecords, text: string): Promise<void> {
  const shadow = await createShadow(ctx, cast.operations, {
    programId: programIds.casino,
    name: "Everflow, the month before the switch",
    incumbent: "everflow",
    timeZone: "UTC",
    currency: "EUR",
    types: COMPARED_TYPES,
  });
  const file = await takeShadowFile(
    ctx,
    cast.operations,
    shadow.id,
    "everflow-conversions.csv",
    once(Buffer.from(text)),
  );
  const columns = { ...file.suggestion.columns, customerId: "Customer" };
  await readShadowFile(ctx, cast.operations, file.id, { ...file.suggestion, columns });
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function writeCalls(ctx: Context, program: Program, records: SampleRecords): Promise<void> {
  const { cast, programIds, partnerIds } = records;
  const vault = vaultFor(program);
  const policy = addressPolicy(program.configuration.outboundLoopbackHosts);
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * 37 + 11) % 256);
  const draw = { vault, randomBytes, publicUrl: program.configuration.publicUrl };
  await createPostback(
    ctx,
    cast.operations,
    {
      partnerId: partnerIds.get("broker-compass") as string,
      programId: programIds.fx,
      offerId: null,
      name: "Voluum, first deposits from Europe",
      occasions: ["ftd"],
      method: "GET",
      url: "",
      body: null,
      template: "voluum",
      settings: { domain: "compass.voluumtrk.example" },
      filters: {
        countries: ["DE", "ES", "IT", "PL"],
        minAmount: { minor: "5000", currency: "USD" },
        firstPerCustomer: true,
      },
      statusWords: {},
      delaySeconds: 3_600,
      precedence: "overrides",
    },
    { policy, vault },
  );
  await createWebhook(
    ctx,
    cast.operations,
    {
      url: "https://hooks.northgate.example/alerts",
      name: "Alerts for the affiliate team",
      types: ["cap.reached", "tracking.alert"],
      programIds: [],
    },
    { policy, vault, randomBytes },
  );
  await createSource(
    ctx,
    cast.operations,
    {
      programId: programIds.casino,
      name: "Game platform, made for Everflow",
      dialect: "everflow",
      incumbentToken: "everflow-token-of-the-sample",
    },
    draw,
  );
}

const PARTNERSHIPS = `partner_key,email,key,first_name,last_name,company,country,approved_status,created_at
ps_1001,ada@harbor-books.example,harborbooks,Ada,Lund,Harbor Books,DK,approved,2024-02-11T09:00:00Z
ps_1002,ruben@tinyoffice.example,tinyoffice,Ruben,Prat,Tiny Office,ES,approved,2024-05-03T09:00:00Z
ps_1003,iris@freelance-desk.example,freelancedesk,Iris,Moreau,Freelance Desk,FR,approved,2025-01-20T09:00:00Z
`;
const LINKS = `key,partner_key,url,dest,name
harborbooks-home,ps_1001,https://ledgerly.partnerlinks.example/harborbooks,https://www.ledgerly.example/trial,Home page
tinyoffice-blog,ps_1002,https://ledgerly.partnerlinks.example/tinyoffice,https://www.ledgerly.example/trial,Blog
desk-guide,ps_1003,https://ledgerly.partnerlinks.example/desk-guide,https://www.ledgerly.example/trial?guide=1,Guide
`;
const LATE_PARTNERSHIPS = `partner_key,email,key,first_name,last_name,company,country,approved_status,created_at
ps_2001,otto@ledger-lab.example,ledgerlab,Otto,Klein,Ledger Lab,AT,approved,2025-08-01T09:00:00Z
ps_2002,no address,kontor,Kai,Brandt,Kontor,DE,approved,2025-08-04T09:00:00Z
ps_2003,mia@paperless.example,paperless,Mia,Sato,Paperless,XX,approved,2025-09-10T09:00:00Z
`;
const LATE_LINKS = `key,partner_key,url,dest,name
ledgerlab-home,ps_2001,https://ledgerly.partnerlinks.example/ledgerlab,https://www.ledgerly.example/trial,Home page
lost,ps_9999,https://ledgerly.partnerlinks.example/lost,https://www.ledgerly.example/trial,Whose is it
elsewhere,ps_2001,https://ledgerly.partnerlinks.example/elsewhere,https://other.example/,Another site
`;

/** Partners who move over from another platform: some are here, of others a few rows have to be mended first. */
async function importMovers(ctx: Context, program: Program, records: SampleRecords): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tributary-sample-"));
  try {
    const needs = importNeeds(program);
    const { operations } = records.cast;
    const open = async (name: string, files: Readonly<Record<string, string>>): Promise<string> => {
      const vendor: ImportVendor = "partnerstack";
      const { id } = await createImport(ctx, operations, { programId: records.programIds.saas, vendor, name });
      for (const [file, text] of Object.entries(files)) {
        const path = join(folder, `${id}-${file}`);
        writeFileSync(path, text);
        await addFile(ctx, operations, id, { path, name: file }, vendor);
      }
      await startCheck(ctx, operations, id);
      await workOn(ctx, id, needs);
      return id;
    };
    const moved = await open("PartnerStack, first three", { "partnerships.csv": PARTNERSHIPS, "links.csv": LINKS });
    await startRun(ctx, operations, moved);
    await workOn(ctx, moved, needs);
    await open("PartnerStack, the rest", { "partnerships.csv": LATE_PARTNERSHIPS, "links.csv": LATE_LINKS });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
