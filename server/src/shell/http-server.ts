import { lookup } from "node:dns/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocket, isIPv6, type Server as SocketServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { StartupProblem } from "./startup-problem.ts";

/** Answers what is its own and returns true; returns false for anything else, without touching it. */
export type RawHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A part of the program that answers HTTP requests. */
export type Door = { readonly handle: RawHandler; stop(): Promise<void> };

export type HttpServer = {
  /** The port that is listened on (of interest when 0 was asked for). */
  readonly port: number;
  /** No new connections; answers what was asked, for ten seconds at most. */
  stop(): Promise<void>;
};

export type HttpOptions = { readonly port: number; readonly host: string | undefined };

/**
 * One server for everything. The handlers are asked in their order: the tracking doors, which have to be fast, get the bare request
 * before the application does.
 */
export async function startHttp(options: HttpOptions, handlers: readonly RawHandler[]): Promise<HttpServer> {
  let ending = false;
  const server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 120_000, maxHeaderSize: 128 * 1024 },
    (request, response) => {
      if (ending) response.setHeader("Connection", "close");
      for (const handle of handlers) if (handle(request, response)) return;
      response.writeHead(404, { "Content-Type": "text/plain" }).end("There is nothing here.\n");
    },
  );
  server.on("clientError", refuseMalformed);
  const listeners = await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      ending = true;
      const closed = Promise.all(listeners.map((one) => new Promise<void>((resolve) => one.close(() => resolve()))));
      server.closeIdleConnections();
      await Promise.race([closed, sleep(10_000, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

/** Bytes that are no HTTP request get a status and no more; a socket that is gone gets nothing. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: import("node:stream").Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

type Listener = { close(done: () => void): void };

/** `localhost` is two addresses on most machines, and a browser may try either: both are served. */
async function listen(server: Server, options: HttpOptions): Promise<Listener[]> {
  const addresses = await addressesOf(options.host);
  const [first, ...others] = addresses;
  await bind(server, options.port, first);
  const port = (server.address() as AddressInfo).port;
  const listeners: Listener[] = [server];
  for (const address of others) {
    const side = createSocket((socket) => server.emit("connection", socket));
    await bind(side, port, address);
    listeners.push(side);
  }
  return listeners;
}

async function addressesOf(host: string | undefined): Promise<(string | undefined)[]> {
  if (host !== "localhost") return [host];
  const found = await lookup("localhost", { all: true }).catch(() => []);
  const addresses = [...new Set(found.map((entry) => entry.address))];
  const usable = [];
  for (const address of addresses) if (!isIPv6(address) || (await canBind(address))) usable.push(address);
  return usable.length > 0 ? usable : ["127.0.0.1"];
}

async function canBind(address: string): Promise<boolean> {
  const probe = createSocket();
  try {
    await bind(probe, 0, address);
    await new Promise((resolve) => probe.close(resolve));
    return true;
  } catch {
    return false;
  }
}

/**
 * Fails early, before any engine is started, when the port cannot be had.
 * @returns the port: the one asked for, or a free one for 0
 */
export async function checkPort(options: HttpOptions): Promise<number> {
  let { port } = options;
  for (const address of await addressesOf(options.host)) {
    const probe = createSocket();
    await bind(probe, port, address);
    port = (probe.address() as AddressInfo).port;
    await new Promise((resolve) => probe.close(resolve));
  }
  return port;
}

function bind(server: SocketServer, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(listenProblem(error, port, host));
    server.once("error", fail);
    server.listen({ port, ...(host === undefined ? {} : { host }), backlog: 1024 }, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, port: number, host: string | undefined): Error {
  if (error.code === "EADDRINUSE") {
    return new StartupProblem(
      `Port ${port} is in use by another program: stop that one, or choose another port with --port or PORT.`,
    );
  }
  if (error.code === "EACCES") {
    return new StartupProblem(`This user may not listen on port ${port}: choose one above 1023 with --port or PORT.`);
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new StartupProblem(`The address ${host} is not one of this machine: choose another with --host or HOST.`);
  }
  return error;
}
