/** One field of a SWIFT message: its tag, its lines, and where it stands. */
export interface SwiftField {
  readonly tag: string;
  readonly lines: readonly string[];
  readonly line: number;
}

/** One message: the fields between two terminators. `type` is said by block 2 or by the bank's own first lines. */
export interface SwiftMessage {
  readonly type: string | undefined;
  readonly sender: string | undefined;
  readonly fields: readonly SwiftField[];
}

/** Only these begin a field: an information line may begin with a colon and a number too. */
const TAG = /^:(\d{2}[A-Z]?|NS|940|942):(.*)$/;
const KNOWN = new Set([
  "12", "13", "13C", "13D", "20", "21", "25", "25P", "28", "28C", "34F", "60F", "60M", "61", "62F", "62M", "64", "65", "86", "90C", "90D",
  "NS", "940", "942",
]); // biome-ignore format: a table

const HEADER = /^(?:20|25P?|28C?|60[FM]|34F)$/;

/** Whether a text that begins like this is a SWIFT statement. */
export function looksLikeSwift(head: string): boolean {
  return /(?:^|[\r\n]|\{4:|@@)\s*:(?:20|21|25P?|28C?|60[FM]|61|62[FM]|64|86|940|942|34F|13D?|90[CD]):/.test(head);
}

/** Cuts a file into messages and fields. Lines outside of a message (a bank's envelope, blank lines) are let go. */
export function swiftMessages(text: string): readonly SwiftMessage[] {
  const cutter = new Cutter();
  const lines = text.replaceAll("@@", "\n").split(/\r\r\n|\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? "";
    // A tag that was broken over two lines: ":" and "86:166?00…".
    if (/^:\d{0,2}[A-Z]?$/.test(line) && TAG.test(line + (lines[at + 1] ?? ""))) {
      line += lines[at + 1] ?? "";
      at += 1;
    }
    cutter.take(line, at + 1);
  }
  return cutter.finish();
}

class Cutter {
  readonly #messages: SwiftMessage[] = [];
  #type: string | undefined;
  #sender: string | undefined;
  #fields: { tag: string; lines: string[]; line: number }[] = [];

  take(line: string, number: number): void {
    const opened = /^(.*)\{4:(.*)$/.exec(line);
    if (opened !== null) {
      this.#end();
      this.#envelope(opened[1] ?? "");
      if ((opened[2] ?? "") !== "") this.take(opened[2] ?? "", number);
      return;
    }
    if (/^-(?:\}.*)?\s*$/.test(line)) {
      this.#end();
      // "-}{5:}{1:F01…" on one line
      this.#envelope(line.slice(1));
      return;
    }
    const found = TAG.exec(line.replace(/^[\s\p{Cc}]+(?=:)/u, ""));
    if (found !== null && KNOWN.has(found[1] ?? "") && !this.#isTime(line))
      this.#field(found[1] ?? "", found[2] ?? "", number);
    else if (this.#fields.length > 0) this.#fields.at(-1)?.lines.push(line);
    else if (/^94[02](?:\s|$)/.test(line)) this.#type = line.slice(0, 3);
    else if (/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(line.trim())) this.#sender ??= line.trim();
  }

  /** `2017-01-01T13` and `:12:11` on the next line are a time that was cut, no field 12. */
  #isTime(line: string): boolean {
    const before = this.#fields.at(-1)?.lines.at(-1) ?? "";
    return /[T ][0-2]\d$/.test(before) && /^:[0-5]\d:[0-5]\d(?:\D|$)/.test(line);
  }

  #field(tag: string, rest: string, line: number): void {
    if (tag === "940" || tag === "942") {
      this.#type = tag;
      return;
    }
    if (tag === "20" && this.#fields.length > 0) this.#end();
    this.#fields.push({ tag, lines: [rest], line });
  }

  #envelope(blocks: string): void {
    this.#type = /\{2:[IO](\d{3})/.exec(blocks)?.[1] ?? this.#type;
    this.#sender = /\{1:F\d\d([A-Z0-9]{8})/.exec(blocks)?.[1] ?? this.#sender;
  }

  #end(): void {
    const above = this.#messages.at(-1);
    // Entries behind a terminator, without a header of their own, go on with the statement before it.
    if (above !== undefined && this.#fields.length > 0 && !this.#fields.some((field) => HEADER.test(field.tag)))
      this.#messages[this.#messages.length - 1] = { ...above, fields: [...above.fields, ...this.#fields] };
    else if (this.#fields.length > 0)
      this.#messages.push({ type: this.#type, sender: this.#sender, fields: this.#fields });
    this.#fields = [];
  }

  finish(): readonly SwiftMessage[] {
    this.#end();
    return this.#messages;
  }
}

/**
 * The lines of a field as one text: banks cut at 65 letters, in the middle of words; a shorter line ended on purpose. The 65 letters
 * may have lost blanks at their end, so that 64 are joined by one.
 */
export function unwrapped(lines: readonly string[]): string {
  let text = "";
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const cut = before !== undefined && before.length >= 65;
    text += at === 0 || cut || text === "" || text.endsWith(" ") ? line : ` ${line}`;
  }
  return text.trimEnd();
}
