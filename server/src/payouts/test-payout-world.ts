import { createHmac, randomBytes } from "node:crypto";
import { lookup } from "node:dns";
import type { AccountDetail, NewPayoutSource, PayeeTerms, PayoutBatch } from "@tributary/contract";
import { NewPayoutSource as NewPayoutSourceSchema } from "@tributary/contract";
import { sql } from "kysely";
import { CPA, MoneyWorld, person, planOf } from "../../test/money/world.ts";
import { publishedRates } from "../commissions/index.ts";
import { ScreenMemory, screenChanged } from "../compliance/index.ts";
import { transact } from "../database/index.ts";
import { post, takeBooks } from "../ledger/index.ts";
import { approveAssignment, approveVersion, createPayee, proposeVersion } from "../payees/index.ts";
import { sealWith } from "../shell/http/seal.ts";
import { closeStatements, openStatements, statementStandings } from "../statements/index.ts";
import type { AfterStep, ReleaseNeeds } from "./contracts.ts";
import { prepareBatch } from "./prepare.ts";
import { httpWith } from "./providers/http.ts";
import { openProviders } from "./providers/index.ts";
import { TestProviders } from "./providers/test-providers.ts";
import { getBatch } from "./reading.ts";
import { releaseBatch } from "./release.ts";
import { sendDue } from "./sending.ts";
import { decideChange, proposeSource } from "./sources.ts";

export const PREPARER = person("usr_preparer");
export const RELEASER = person("usr_releaser");
export const CLOSER = person("usr_closer");
export const OTHER = person("usr_other");

const IBANS = [
  "ES9121000418450200051332",
  "ES7921000813610123456789",
  "DE89370400440532013000",
  "FR1420041010050500013M02606",
];
const FINGERPRINT = (text: string) => createHmac("sha256", "test").update(text).digest("hex");

/** An operator that pays: real partners, statements, payees, accounts; the providers are the test server. */
export class PayoutWorld {
  readonly money: MoneyWorld;
  readonly providers: TestProviders;
  readonly needs: ReleaseNeeds;
  readonly key = randomBytes(32);
  readonly memory = new ScreenMemory();
  readonly vault = sealWith(this.key);
  program = "";
  #number = 0;

  private constructor(money: MoneyWorld, providers: TestProviders, timeoutMs: number) {
    this.money = money;
    this.providers = providers;
    this.needs = {
      vault: this.vault,
      ratesOn: publishedRates,
      providers: openProviders(httpWith({ lookup, timeoutMs }), providers.addresses),
      screenChanged: (ctx, partnerIds) => screenChanged(ctx, this.memory, partnerIds),
      secondFactor: async () => undefined,
    };
  }

  static async open(now = "2026-03-02T09:00:00Z", money?: MoneyWorld): Promise<PayoutWorld> {
    const providers = new TestProviders();
    await providers.open();
    const world = new PayoutWorld(money ?? (await MoneyWorld.open(now)), providers, 2000);
    world.program = await world.money.program("casino");
    return world;
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.money.close();
  }

  get ctx() {
    return this.money.ctx;
  }

  /** A partner with terms, so that something can be earned. */
  async partner(): Promise<string> {
    this.#number += 1;
    const partner = await this.money.partner(`paid-${this.#number}`);
    await sql`update partners.partner set legal_name = 'Ruiz Media S.L.' where partner_id = ${partner}`.execute(
      this.ctx.db,
    );
    return partner;
  }

  async terms(partner: string): Promise<void> {
    const plan = await this.money.plan(this.program, `plan-${this.#number}`, planOf(CPA));
    await this.money.agree(partner, this.program, plan);
  }

  /** A payee with an account, approved by a second person; `terms` over paid in the statement's currency without threshold or invoice. */
  async payee(
    partner: string,
    options: {
      readonly detail?: Partial<AccountDetail>;
      readonly terms?: Partial<PayeeTerms>;
      readonly programId?: string;
    } = {},
  ): Promise<string> {
    const { ctx } = this;
    const identity = {
      kind: "company" as const,
      legalName: "Ruiz Media S.L.",
      registrationNumber: "",
      street: "Calle Mayor 1",
      city: "Madrid",
      postalCode: "28013",
      region: "",
      country: "ES",
      email: "billing@ruiz.example",
      language: "es" as const,
    };
    const payee = await createPayee(ctx, PREPARER, {
      identity,
      partnerId: partner,
      validFrom: "2025-01-01",
      ...(options.programId === undefined ? {} : { programId: options.programId }),
    });
    await approveVersion(ctx, OTHER, payee.proposals[0]?.id ?? "", "register extract");
    await approveAssignment(ctx, OTHER, payee.assignments[0]?.id ?? "", "contract");
    for (const version of this.#versions(options)) {
      const made = await proposeVersion(ctx, PREPARER, payee.id, version, {
        vault: this.vault,
        fingerprint: FINGERPRINT,
      });
      await approveVersion(ctx, OTHER, made.id, "called back");
    }
    return payee.id;
  }

  #versions(options: { readonly detail?: Partial<AccountDetail>; readonly terms?: Partial<PayeeTerms> }) {
    this.#number += 1;
    const detail: AccountDetail = {
      method: "bank",
      country: "ES",
      currency: "EUR",
      holder: "Ruiz Media S.L.",
      fields: { iban: IBANS[0] ?? "" },
      ...options.detail,
    };
    const tax = {
      vat: "outside_scope" as const,
      vatRate: null,
      vatNumber: null,
      vatReason: "not a taxable person",
      withholdingRate: null,
      withholdingReason: "",
      treatyCountry: null,
      treatyArticle: "",
      numbers: [],
      forms: [],
    };
    const terms: PayeeTerms = {
      payoutCurrency: null,
      thresholdMinor: null,
      thresholdCurrency: null,
      thresholdKind: "exceeds",
      feeBearer: "operator",
      invoicing: "none",
      paymentDays: 0,
      detailOrder: [],
      ...options.terms,
    };
    return [
      { aspect: "detail" as const, detail },
      { aspect: "tax" as const, tax },
      { aspect: "terms" as const, terms },
    ];
  }

  /** A closed statement of February with this much to pay. */
  async owe(partner: string, minor: number, month = "2026-02", currency = "EUR"): Promise<void> {
    await this.earn(partner, minor, month, currency);
    await this.closeMonth(partner, month);
  }

  async earn(partner: string, minor: number, month = "2026-02", currency = "EUR"): Promise<void> {
    this.#number += 1;
    const books = { partnerId: partner, currency };
    await transact(this.ctx, async (tx) => {
      const open = await takeBooks(tx, [books]);
      const period = open(books, `${month}-01`);
      const what = { recipe: "adjust" as const, sourceKey: "test", idempotencyKey: `test-${this.#number}` };
      await post(
        tx,
        [{ ...what, ...books, programId: this.program, amountMinor: BigInt(minor), period, occurredOn: period }],
        null,
      );
    });
  }

  async closeMonth(partner: string, month: string): Promise<void> {
    await openStatements(this.ctx, [partner]);
    const { rows } = await sql<{ statement_id: string }>`
      select statement_id from statements.statement where partner_id = ${partner} and status = 'open' and month <= ${`${month}-01`}::date
      order by month`.execute(this.ctx.db);
    const closed = await closeStatements(
      this.ctx,
      CLOSER,
      rows.map((row) => row.statement_id),
    );
    if (closed.refused.length > 0) throw new Error(JSON.stringify(closed.refused));
  }

  /** An account or connection in force. */
  async source(more: Partial<NewPayoutSource> & Pick<NewPayoutSource, "name">): Promise<string> {
    const input = NewPayoutSourceSchema.parse({
      method: "bank",
      via: "file",
      format: "pain.001.001.09",
      currencies: ["EUR"],
      cutOff: "23:59",
      timeZone: "UTC",
      arrivalDays: 1,
      initiator: { name: "Operator SL" },
      holder: "Operator SL",
      country: "ES",
      account: { iban: "ES7921000813610123456789", bic: "CAIXESBBXXX" },
      ...more,
    });
    const change = await proposeSource(this.ctx, PREPARER, null, input, this.vault);
    await decideChange(this.ctx, OTHER, change, true);
    const { rows } = await sql<{
      subject_id: string;
    }>`select subject_id from payouts.change where change_id = ${change}`.execute(this.ctx.db);
    return rows[0]?.subject_id ?? "";
  }

  /** The connection of a provider on the test server. */
  async connection(method: "paypal" | "wise" | "payoneer", currencies = ["EUR"]): Promise<string> {
    const credentials = {
      paypal: { clientId: "id", clientSecret: "secret", webhookId: "WH-1" },
      payoneer: { clientId: "id", clientSecret: "secret", programId: "77", webhookSecret: "shh" },
      wise: {
        token: "tok",
        profileId: "5",
        privateKey: this.providers.wiseKey.export({ type: "pkcs8", format: "pem" }).toString(),
        webhookPublicKey: this.providers.wisePublicKey,
      },
    }[method];
    return await this.source({
      name: `${method} of the operator`,
      method,
      via: "api",
      format: null,
      currencies,
      account: {},
      credentials,
      environment: "sandbox",
    });
  }

  async prepare(executionDate = "2026-03-03", more: object = {}): Promise<PayoutBatch> {
    const input = {
      name: "A batch",
      executionDate,
      untilMonth: null,
      currencies: [],
      methods: [],
      partnerIds: [],
      ...more,
    };
    const id = await prepareBatch(this.ctx, PREPARER, input, this.needs);
    return await this.batch(id);
  }

  batch(id: string): Promise<PayoutBatch> {
    return getBatch(this.ctx, RELEASER, id);
  }

  async release(id: string): Promise<PayoutBatch> {
    const { revision, controlSum } = await this.batch(id);
    await releaseBatch(this.ctx, RELEASER, id, { revision, controlSum, code: "123456" }, this.needs);
    return await this.batch(id);
  }

  async send(afterStep?: AfterStep): Promise<void> {
    await sendDue(this.ctx, this.needs, afterStep);
  }

  async statementState(partner: string, month = "2026-02-01"): Promise<string | undefined> {
    const [row] = await statementStandings(this.ctx, { partnerIds: [partner], months: [month] });
    return row?.status;
  }
}
