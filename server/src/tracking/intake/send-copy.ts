import type pg from "pg";

/** The part of the driver's connection that is needed (pg's own `Connection` types leave it out). */
type Wire = { readonly stream: { write(bytes: Buffer): boolean } };

/** A query object as the driver knows them: `submit`, and a `handle…` method for each answer of the server. */
class ReadyCopy implements pg.Submittable {
  readonly done: Promise<number>;
  readonly #messages: Buffer;
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #rows = 0;

  constructor(messages: Buffer) {
    this.#messages = messages;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    (connection as unknown as Wire).stream.write(this.#messages);
  }

  /** The data are on their way already. */
  handleCopyInResponse(): void {}

  handleCommandComplete(message: { text: string }): void {
    this.#rows = Number(message.text.slice("COPY ".length));
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  // The driver calls this when a query timeout is set; there is none.
  callback(): void {}
}

/**
 * Sends the ready-made messages of a COPY: statement, data and end. The bytes must stay as they are until it is answered.
 * @returns rows, once they are committed
 */
export function sendCopy(client: pg.ClientBase, messages: Buffer): Promise<number> {
  const copy = new ReadyCopy(messages);
  client.query(copy);
  return copy.done;
}
