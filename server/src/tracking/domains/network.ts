import { lookup, resolveCname } from "node:dns/promises";
import { request } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import type { DomainNetwork, ShownCertificate } from "./check.ts";

const PATIENCE_MS = 5_000;
const MOST_ALIASES = 8;
/** What the edge says to a POST on a link, and nobody else: nothing is recorded of it. */
const ASKED = { method: "POST", path: "/c/-", status: 405, text: "This address takes GET and HEAD.\n" } as const;

/** The real network. Addresses come in checked: nothing here resolves a name a second time. */
export const realNetwork: DomainNetwork = {
  resolve: async (host) => ({
    aliases: await aliasesOf(host),
    addresses: (await lookup(host, { all: true, verbatim: true })).map((one) => one.address),
  }),
  certificate: async (address, host) => {
    const socket = await connected(address, host);
    try {
      return shownBy(socket);
    } finally {
      socket.destroy();
    }
  },
  answers: async (address, host) => {
    const { status, text } = await ask(address, host);
    return status === ASKED.status && text === ASKED.text;
  },
};

function ask(address: string, host: string): Promise<{ readonly status: number; readonly text: string }> {
  const options = { host: address, servername: host, port: 443, headers: { host }, timeout: PATIENCE_MS };
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, method: ASKED.method, path: ASKED.path }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > ASKED.text.length) asked.destroy();
      });
      response.on("close", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
    asked.on("error", reject);
    asked.end();
  });
}

async function aliasesOf(host: string): Promise<string[]> {
  const aliases: string[] = [];
  let name = host;
  while (aliases.length < MOST_ALIASES) {
    const [next] = await resolveCname(name).catch(() => []);
    if (next === undefined || aliases.includes(next)) return aliases;
    aliases.push(next);
    name = next;
  }
  return aliases;
}

/** The certificate is looked at whatever it is worth: what is wrong with it is what the operator wants to know. */
function connected(address: string, host: string): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: 443, servername: host, rejectUnauthorized: false });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("no answer in time")));
    socket.once("secureConnect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function shownBy(socket: TLSSocket): ShownCertificate {
  const certificate = socket.getPeerCertificate();
  const names = (certificate.subjectaltname ?? "")
    .split(", ")
    .filter((one) => one.startsWith("DNS:"))
    .map((one) => one.slice(4));
  const refused = socket.authorized ? undefined : String(socket.authorizationError ?? "it is not trusted");
  return {
    issuer: [certificate.issuer?.O, certificate.issuer?.CN].flat().filter(Boolean).join(" · "),
    names,
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    // A wrong name and an old certificate are told in their own words.
    refused: /ALTNAME|EXPIRED/.test(refused ?? "") ? undefined : refused,
  };
}
