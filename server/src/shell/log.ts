import { Writable } from "node:stream";
import { pino } from "pino";
import type { Configuration } from "./configuration.ts";

export type Log = pino.Logger;

/** The program's log: JSON lines for machines, plain lines for a person at a terminal. */
export function openLog(configuration: Pick<Configuration, "logLevel">, part: string): Log {
  const options: pino.LoggerOptions = {
    level: configuration.logLevel,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["req.headers.authorization", "req.headers.cookie", "password", "url.password"],
  };
  return process.stdout.isTTY ? pino(options, plainLines()) : pino(options, pino.destination({ dest: 1, sync: true }));
}

const NAMES: Readonly<Record<number, string>> = {
  10: "trace",
  20: "debug",
  30: "info ",
  40: "warn ",
  50: "error",
  60: "fatal",
};

function plainLines(): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      process.stdout.write(plainLine(line));
      done();
    },
  });
}

function plainLine(line: string): string {
  const {
    level,
    time,
    part,
    msg,
    err,
    pid: _pid,
    hostname: _host,
    ...rest
  } = JSON.parse(line) as Record<string, unknown>;
  const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : "";
  const error = err ? `\n${(err as { stack?: string }).stack ?? JSON.stringify(err)}` : "";
  return `${String(time).slice(11, 19)} ${NAMES[Number(level)] ?? level} ${part}: ${msg}${more}${error}\n`;
}
