import type pg from "pg";
import type { Db } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { announceCaps } from "../caps/store/alerts.ts";
import { edgeCaps, reachedCounters, reserveClicks, returnClicks } from "../caps/store/click-counts.ts";
import type { EdgeCatalogue } from "../contracts.ts";
import { edgeSmart } from "../smart-links/edge-smart.ts";
import { edgeAliases } from "../store/alias-rows.ts";
import { edgeCoupons, edgeLinksAfter, edgeLinksByIds, edgeSources } from "../store/edge-rows.ts";
import { RouteTable } from "./route-table.ts";

export interface RouteSourceOptions {
  readonly db: Db;
  /** for the connection that listens to changes */
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** programs, offers and partners; the shell asks the rooms */
  readonly catalogue: () => Promise<EdgeCatalogue>;
  /** everything is read again this often, whatever was announced; 5 minutes when not given */
  readonly refreshEveryMs?: number;
  readonly onTrouble?: (error: Error) => void;
}

export interface RouteSource {
  readonly table: RouteTable;
  /** Reads everything again; resolves when the table is up to date. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = "tributary_changes";
const LINKS_PER_PAGE = 10_000;
const LISTEN_AGAIN_AFTER_MS = 1000;

/** Fills a route table and keeps it up to date: by announced changes, and by reading everything again now and then. */
export async function openRoutes(options: RouteSourceOptions): Promise<RouteSource> {
  const source = new LiveRoutes(options);
  await source.start();
  return source;
}

const FRESH = { catalogue: false, sources: false, links: false, aliases: false, smart: false, caps: false };
type Stale = { [Part in keyof typeof FRESH]: boolean };
const ALL_STALE: Stale = { catalogue: true, sources: true, links: true, aliases: true, smart: true, caps: true };
const SWEEP_MS = 5_000;

class LiveRoutes implements RouteSource {
  readonly table = new RouteTable();
  readonly #options: RouteSourceOptions;
  #listener: pg.PoolClient | undefined;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #relisten: NodeJS.Timeout | undefined;
  #changedLinks = new Set<string>();
  #stale: Stale = { ...FRESH };
  #sweeping: NodeJS.Timeout | undefined;
  #updating: Promise<void> | undefined;

  constructor(options: RouteSourceOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { db, clock, onTrouble } = this.#options;
    const { clickCaps } = this.table;
    clickCaps.connect(
      {
        reserve: (wanted) => reserveClicks(db, wanted, announceCaps, clock.now()),
        giveBack: (unused) => returnClicks(db, unused),
      },
      (error) => onTrouble?.(error),
    );
    await this.#listen();
    await this.refresh();
    this.#sweeping = setInterval(() => this.#later(clickCaps.sweep()), SWEEP_MS);
    this.#sweeping.unref();
    this.#timer = setInterval(() => this.#later(this.refresh()), this.#options.refreshEveryMs ?? 300_000);
    this.#timer.unref();
  }

  refresh(): Promise<void> {
    this.#stale = { ...ALL_STALE };
    return this.#update();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#relisten);
    clearInterval(this.#sweeping);
    await this.table.clickCaps.settled();
    await this.table.clickCaps.sweep(true).catch((error: Error) => this.#options.onTrouble?.(error));
    await this.#updating?.catch(() => undefined);
    this.#listener?.release(true);
    this.#listener = undefined;
  }

  async #listen(): Promise<void> {
    const client = await this.#options.pool.connect();
    client.on("notification", (message) => this.#changed(message.payload ?? ""));
    client.on("error", (error) => this.#lost(client, error));
    client.on("end", () => this.#lost(client, new Error("the connection that listens to changes ended")));
    await client.query(`listen ${CHANNEL}`);
    this.#listener = client;
  }

  #lost(client: pg.PoolClient, error: Error): void {
    if (this.#closed || this.#listener !== client) return;
    this.#listener = undefined;
    client.release(true);
    this.#options.onTrouble?.(error);
    this.#listenAgain();
  }

  /** What changed while nobody listened is not announced again: everything is read. */
  #listenAgain(): void {
    this.#relisten = setTimeout(() => {
      this.#listen()
        .then(() => this.refresh())
        .catch((error: Error) => {
          this.#options.onTrouble?.(error);
          if (!this.#closed) this.#listenAgain();
        });
    }, LISTEN_AGAIN_AFTER_MS);
  }

  /** A payload is `<collection>` or `<collection>:<id>`. */
  #changed(payload: string): void {
    const [collection, id] = payload.split(":", 2);
    if (collection === "links" && id !== undefined) this.#changedLinks.add(id);
    else if (collection === "links" || collection === "all_links") this.#stale.links = true;
    else if (collection === "event_sources") this.#stale.sources = true;
    else if (collection === "link_aliases") this.#stale.aliases = true;
    else if (collection === "smart_links") this.#stale.smart = true;
    else if (collection === "caps") this.#stale.caps = true;
    else if (collection === "programs" || collection === "offers" || collection === "partners")
      this.#stale.catalogue = true;
    else return;
    this.#later(this.#update());
  }

  #later(work: Promise<void>): void {
    work.catch((error: Error) => this.#options.onTrouble?.(error));
  }

  /** One update at a time; what is announced during one is seen by the next. */
  #update(): Promise<void> {
    this.#updating = (this.#updating ?? Promise.resolve()).catch(() => undefined).then(() => this.#readStale());
    return this.#updating;
  }

  async #readStale(): Promise<void> {
    if (this.#closed) return;
    const stale = this.#stale;
    const changed = this.#changedLinks;
    this.#stale = { ...FRESH };
    this.#changedLinks = new Set();
    try {
      if (stale.smart) await this.#readSmart();
      if (stale.caps) await this.#readCaps();
      if (stale.catalogue) this.table.putCatalogue(await this.#options.catalogue());
      if (stale.sources) await this.#readSources();
      if (stale.links) await this.#readAllLinks();
      else if (changed.size > 0) this.table.putLinks(await edgeLinksByIds(this.#options.db, [...changed]));
      if (stale.aliases) this.table.aliases.put(await edgeAliases(this.#options.db));
    } catch (error) {
      // Nothing that was announced may be forgotten because the database was away for a moment.
      this.#stale = { ...ALL_STALE };
      throw error;
    }
  }

  async #readSources(): Promise<void> {
    const { db } = this.#options;
    this.table.putSources(await edgeSources(db));
    // the only platform whose visits name a code
    const speak = this.table.sourcesSpeaking("everflow").length > 0;
    this.table.coupons.put(speak ? await edgeCoupons(db, "everflow") : []);
  }

  async #readSmart(): Promise<void> {
    const { smart, earnings } = await edgeSmart(this.#options.db);
    this.table.putSmart(smart, earnings);
  }

  async #readCaps(): Promise<void> {
    const { db, clock } = this.#options;
    this.table.putCaps(await edgeCaps(db));
    this.table.clickCaps.changed(await reachedCounters(db, clock.now()));
  }

  async #readAllLinks(): Promise<void> {
    for (let after = -1; ; ) {
      const rows = await edgeLinksAfter(this.#options.db, after, LINKS_PER_PAGE);
      this.table.putLinks(rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < LINKS_PER_PAGE) return;
      after = last.num;
    }
  }
}
