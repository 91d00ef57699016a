/**
 * Load generator, a process of its own: keeps a number of connections busy with one request each and measures every answer.
 * It writes ready-made bytes and looks for the end of the head only, so that it costs far less than the server it measures.
 *
 *     node client.ts <port> <connections> <seconds> [warm-up seconds]      prints one line of JSON
 */
import { connect, type Socket } from "node:net";
import { pathToFileURL } from "node:url";
import { requestTexts } from "./requests.ts";

export interface LoadResult {
  /** answers within the measured time */
  readonly answers: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** all answers with status 302, warm-up and tail included: to be found in the log */
  readonly redirects: number;
  readonly others: number;
  /** share of one core that this process used: near 1 it is the bottleneck itself */
  readonly ownCore: number;
}

const END = Buffer.from("\r\n\r\n");

export async function load(port: number, connections: number, seconds: number, warmUp: number): Promise<LoadResult> {
  const requests = requestTexts().map((text) => Buffer.from(text, "latin1"));
  const latencies = new Float64Array(4_000_000);
  let measured = 0;
  let redirects = 0;
  let others = 0;
  let next = 0;
  let measuring = false;
  let running = true;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let sentAt = 0;
      let rest: Buffer | undefined;
      const send = (socket: Socket) => {
        sentAt = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      const socket: Socket = connect(port, "127.0.0.1", () => send(socket));
      socket.setNoDelay(true);
      socket.on("data", (chunk: Buffer) => {
        const data = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
        if (!endsWith(data)) {
          rest = data;
          return;
        }
        rest = undefined;
        // "HTTP/1.1 302": the status stands at 9
        if (data[9] === 51 && data[10] === 48 && data[11] === 50) redirects++;
        else others++;
        if (measuring) latencies[measured++] = performance.now() - sentAt;
        if (running) send(socket);
        else socket.end();
      });
      socket.on("close", () => resolve());
      socket.on("error", reject);
    });
  const all = Array.from({ length: connections }, one);
  await wait(warmUp);
  measuring = true;
  const from = performance.now();
  const cpu = process.cpuUsage();
  await wait(seconds);
  const took = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);
  measuring = false;
  running = false;
  await Promise.all(all);
  const sorted = latencies.subarray(0, measured).sort();
  return {
    answers: measured,
    perSecond: measured / took,
    p50: sorted[Math.floor(measured * 0.5)] ?? 0,
    p99: sorted[Math.floor(measured * 0.99)] ?? 0,
    redirects,
    others,
    ownCore: (used.user + used.system) / 1e6 / took,
  };
}

/** Every answer that is measured has an empty body: it ends with its head. */
function endsWith(data: Buffer): boolean {
  return data.length >= 4 && data.compare(END, 0, 4, data.length - 4) === 0;
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [port = 0, connections = 64, seconds = 5, warmUp = 1] = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(await load(port, connections, seconds, warmUp)));
}
