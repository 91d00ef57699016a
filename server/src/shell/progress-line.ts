/** A line at the foot of a terminal that is written over and over. Says nothing where nobody looks on. */
export interface ProgressLine {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

const EVERY_MS = 100;

export function progressLine(wanted: boolean, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!wanted || !stream.isTTY) return { show: () => undefined, end: () => undefined };
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(text) {
      if (performance.now() - shownAt < EVERY_MS) return;
      shownAt = performance.now();
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`);
    },
    end: () => {
      stream.write("\r\u001b[2K");
    },
  };
}
