import { Refusal } from "../../kernel/refusal.ts";
import { type FileKind, kindOf } from "./file-rows.ts";

const CHUNK = 1024 * 1024;
const MOST_BYTES: Readonly<Record<FileKind, number>> = { csv: 1024 * 1024 * 1024, xlsx: 20 * 1024 * 1024 };

/**
 * Keeps an uploaded file as it comes in, a megabyte at a time.
 * @param keep one chunk, in their order from 0
 * @throws Refusal `too_large`, `bad_request` when there is nothing in it
 */
export async function keepFile(
  bytes: AsyncIterable<Buffer>,
  keep: (position: number, chunk: Buffer) => Promise<void>,
): Promise<{ readonly kind: FileKind; readonly size: number }> {
  let [waiting, waitingSize, size, position] = [[] as Buffer[], 0, 0, 0];
  let kind: FileKind | undefined;
  const flush = async (): Promise<void> => {
    const chunk = Buffer.concat(waiting);
    kind ??= kindOf(chunk);
    [waiting, waitingSize] = [[], 0];
    if (size > MOST_BYTES[kind]) throw tooLarge(kind);
    await keep(position++, chunk);
  };
  for await (const part of bytes) {
    waiting.push(part);
    waitingSize += part.length;
    size += part.length;
    if (waitingSize >= CHUNK) await flush();
  }
  if (size === 0) throw new Refusal("bad_request", "The file is empty.");
  if (waitingSize > 0) await flush();
  return { kind: kind ?? "csv", size };
}

function tooLarge(kind: FileKind): Refusal {
  const most = MOST_BYTES[kind] / 1024 / 1024;
  return new Refusal(
    "too_large",
    kind === "xlsx"
      ? `A spreadsheet may have ${most} MB: save it as CSV, which may be larger.`
      : `A file may have ${most} MB: upload it in parts.`,
  );
}
