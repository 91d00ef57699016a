/**
 * Load generator for events, a process of its own: keeps a number of connections busy with one call each, of one event or of many,
 * every event with an id of its own.
 *
 *     node client.ts '{"port": 3000, "path": "/p/token", "connections": 64, "rows": 1, "seconds": 5, "cookie": ""}'
 *
 * Prints one line of JSON.
 */
import { connect, type Socket } from "node:net";

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** events in a call; 1: by GET, as a postback */
  readonly rows: number;
  readonly seconds: number;
  readonly cookie: string;
  /** stands before each event's id, so that runs do not repeat each other's */
  readonly prefix: string;
  /** of a call with many rows: what stands around them */
  readonly programId: string | null;
}

export interface Acknowledged {
  readonly calls: number;
  readonly rowsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** events in answers with status 200, warm-up and tail included: to be found in the log */
  readonly rows: number;
  readonly others: number;
  readonly firstOther: string;
  readonly ownCore: number;
}

const WARM_UP_MS = 1000;

function request(load: Load, number: number): Buffer {
  const head = `Host: localhost:${load.port}\r\nOrigin: http://localhost:${load.port}\r\n${load.cookie === "" ? "" : `Cookie: ${load.cookie}\r\n`}`;
  const id = `${load.prefix}${number}`;
  if (load.rows === 1) {
    const query = `type=deposit&external_id=${id}&customer_id=c${number % 50_000}&amount=${10 + (number % 90)}.50&currency=EUR&time=2026-03-02T10:00:00Z&method=card`;
    return Buffer.from(`GET ${load.path}?${query} HTTP/1.1\r\n${head}\r\n`, "latin1");
  }
  const events = Array.from({ length: load.rows }, (_, row) => ({
    type: "deposit",
    externalId: `${id}-${row}`,
    customerId: `c${(number * load.rows + row) % 50_000}`,
    amount: `${10 + (row % 90)}.50`,
    currency: "EUR",
    occurredAt: "2026-03-02T10:00:00Z",
  }));
  const body = JSON.stringify(load.programId === null ? events : { programId: load.programId, events });
  const lines = `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  return Buffer.from(`POST ${load.path} HTTP/1.1\r\n${lines}`, "latin1");
}

/** Where an answer ends: behind its head and as many bytes as it says. -1: not all there yet. */
function endOf(data: Buffer): number {
  const head = data.indexOf("\r\n\r\n");
  if (head < 0) return -1;
  const length = /content-length: (\d+)/i.exec(data.toString("latin1", 0, head))?.[1];
  if (length === undefined) throw new Error("an answer without its length");
  const end = head + 4 + Number(length);
  return data.length >= end ? end : -1;
}

async function run(load: Load): Promise<Acknowledged> {
  const latencies: number[] = [];
  let [rows, others, next, measured] = [0, 0, 0, 0];
  let firstOther = "";
  let measuring = false;
  let running = true;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let sentAt = 0;
      let parts: Buffer[] = [];
      const send = (socket: Socket) => {
        const bytes = request(load, next++);
        sentAt = performance.now();
        socket.write(bytes);
      };
      const socket: Socket = connect(load.port, "127.0.0.1", () => send(socket));
      socket.setNoDelay(true);
      socket.on("data", (chunk: Buffer) => {
        parts.push(chunk);
        const data = parts.length === 1 ? chunk : Buffer.concat(parts);
        parts = [data];
        if (endOf(data) < 0) return;
        parts = [];
        if (data.toString("latin1", 9, 12) === "200") rows += load.rows;
        else {
          others += 1;
          firstOther ||= data.toString("utf8", 0, 400);
        }
        if (measuring) {
          latencies.push(performance.now() - sentAt);
          measured += load.rows;
        }
        if (running) send(socket);
        else socket.end();
      });
      socket.on("close", () => resolve());
      socket.on("error", reject);
    });
  const all = Array.from({ length: load.connections }, one);
  await wait(WARM_UP_MS);
  measuring = true;
  const from = performance.now();
  const cpu = process.cpuUsage();
  await wait(load.seconds * 1000);
  const took = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);
  measuring = false;
  running = false;
  await Promise.all(all);
  latencies.sort((a, b) => a - b);
  return {
    calls: latencies.length,
    rowsPerSecond: measured / took,
    p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    rows,
    others,
    firstOther,
    ownCore: (used.user + used.system) / 1e6 / took,
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

console.log(JSON.stringify(await run(JSON.parse(process.argv[2] ?? "{}") as Load)));
