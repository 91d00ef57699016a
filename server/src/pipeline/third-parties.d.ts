declare module "email-providers" {
  const domains: readonly string[];
  export default domains;
}
declare module "disposable-email-domains" {
  const domains: readonly string[];
  export default domains;
}
declare module "hoodiecrow-imap" {
  import type { Server } from "node:net";

  interface ImapServer {
    readonly server: Server;
    listen(port: number, done: () => void): void;
    close(done: () => void): void;
    appendMessage(folder: string, flags: readonly string[], date: undefined, raw: string): void;
  }
  export default function hoodiecrow(options: {
    readonly plugins: readonly string[];
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly storage: unknown;
  }): ImapServer;
}
