import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Keeps text so that only this deployment's key opens it. */
export interface Seal {
  close(text: string): string;
  open(sealed: string): string;
}

/** AES-256-GCM: 12 random bytes, the tag, the text; in base64. @param key 32 bytes */
export function sealWith(key: Uint8Array): Seal {
  return {
    close: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const bytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString("base64");
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
  };
}
