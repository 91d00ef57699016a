import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** SHA-256 of a source's token, hex: what is stored of it. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Seals secrets with a key of the deployment, so that a copy of the database alone does not give them away. */
export interface Vault {
  close(secret: string): string;
  /** @throws when it was sealed with another key, or changed */
  open(sealed: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM; sealed texts are `v1.` and base64url of nonce, ciphertext and tag. @param key 32 bytes */
export function vaultOf(key: Uint8Array): Vault {
  return {
    close(secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `v1.${sealed.toString("base64url")}`;
    },
    open(sealed) {
      if (!sealed.startsWith("v1.")) throw new Error("this was not sealed here");
      const bytes = Buffer.from(sealed.slice(3), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
        "utf8",
      );
    },
  };
}
