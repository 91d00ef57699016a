import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

/** One line of the web server's log. */
export interface Visit {
  readonly ip: string;
  /** whole seconds */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly referer: string;
  readonly agent: string;
}

const LINE = /^(\S+) \S+ \S+ \[([^\]]+)\] "(\S+) (\S+)[^"]*" \d+ \S+ "([^"]*)" "(.*)"$/;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** The log in the order of time (the file is not). Every line is read; a line that is none fails. */
export function readVisits(file: string): Visit[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map(readLine).sort((a, b) => a.at - b.at);
}

function readLine(line: string): Visit {
  const [, ip = "", time = "", method = "", path = "", referer = "", agent = ""] = LINE.exec(line) ?? [];
  if (ip === "") throw new Error(`not a line of a log: ${line}`);
  const [, day = "", month = "", year = "", clock = ""] = /^(\d+)\/(\w+)\/(\d+):(\S+) \+0000$/.exec(time) ?? [];
  const number = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, "0");
  return { ip, at: Date.parse(`${year}-${number}-${day}T${clock}Z`), method, path, referer, agent };
}

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly string[];
}

/** Sends requests over a few kept connections. */
export class Browser {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 });
  readonly #base: URL;

  constructor(base: string) {
    this.#base = new URL(base);
  }

  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = "",
  ): Promise<Answer & { text: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#base;
      const call = request({ hostname, port, method, path, headers, agent: this.#agent }, (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => {
          const { location = "", "set-cookie": cookies = [] } = response.headers;
          resolve({ status: response.statusCode ?? 0, location, cookies, text });
        });
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
