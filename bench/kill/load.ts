/** Full load of clicks and events until the program dies, keeping what was acknowledged: nothing else counts as promised. */
import { connect } from "node:net";
import { LINKS, linkCode } from "../redirect/requests.ts";

export interface Promised {
  /** click ids of redirects that were sent */
  readonly clicks: string[];
  /** receipts by the external id of their events */
  readonly events: Map<string, string>;
}

export interface LoadTarget {
  readonly port: number;
  readonly token: string;
  /** makes external ids of this round its own */
  readonly round: number;
}

const CLICKERS = 64;
const SENDERS = 16;
const AGENT =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

/** Keeps all connections busy until each of them is cut off. */
export async function loadUntilCut(target: LoadTarget): Promise<Promised> {
  const promised: Promised = { clicks: [], events: new Map() };
  let number = 0;
  const click = () => {
    number += 1;
    return {
      target: `/c/${linkCode(number % LINKS)}?sub1=k${number}`,
      answered: (head: string) => {
        const id = /^Location: \S*[?&]cid=([0-9a-z]{45})/m.exec(head)?.[1];
        if (head.startsWith("HTTP/1.1 302") && id !== undefined) promised.clicks.push(id);
      },
    };
  };
  const event = () => {
    number += 1;
    const id = `r${target.round}-${number}`;
    return {
      target: `/p/${target.token}?type=deposit&customer_id=c${number % 500}&external_id=${id}&amount=1.00&time=2026-03-01T10:00:00Z`,
      answered: (head: string, body: string) => {
        const receipt = /"receipt":"(rcp_[0-9a-z_]+)"/.exec(body)?.[1];
        if (head.startsWith("HTTP/1.1 200") && receipt !== undefined) promised.events.set(id, receipt);
      },
    };
  };
  const all = [
    ...Array.from({ length: CLICKERS }, () => untilCut(target.port, click)),
    ...Array.from({ length: SENDERS }, () => untilCut(target.port, event)),
  ];
  await Promise.all(all);
  return promised;
}

interface Request {
  readonly target: string;
  answered(head: string, body: string): void;
}

function untilCut(port: number, next: () => Request): Promise<void> {
  return new Promise((resolve) => {
    let request: Request;
    let text = "";
    const send = () => {
      request = next();
      text = "";
      socket.write(`GET ${request.target} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${AGENT}\r\n\r\n`);
    };
    const socket = connect(port, "127.0.0.1", send);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      request.answered(text.slice(0, end), text.slice(end + 4));
      send();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
  });
}
