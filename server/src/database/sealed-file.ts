import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Seals and opens texts with this deployment's key. */
export interface Vault {
  readonly close: (text: string) => string;
  readonly open: (sealed: string) => string;
}

const NONCE = 12;
const TAG = 16;

interface SealedFile {
  readonly bytes: Buffer;
  readonly sealedKey: string;
  readonly sha256: string;
}

export const sha256Of = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Encrypts a file under a key of its own (AES-256-GCM), which is sealed by this deployment's key. The record's id is bound in: a file that is
 * moved to another record does not open there.
 */
export function sealFile(vault: Vault, id: string, plain: Buffer): SealedFile {
  const key = randomBytes(32);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(id));
  const bytes = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { bytes, sealedKey: vault.close(key.toString("base64")), sha256: sha256Of(plain) };
}

/** @throws Error when a byte was changed, the record is another one, or the content is not what came in: none of it is an expected refusal */
export function openFile(
  vault: Vault,
  id: string,
  sealed: { bytes: Buffer; sealedKey: string; sha256: string },
): Buffer {
  const decipher = createDecipheriv(
    "aes-256-gcm",
    Buffer.from(vault.open(sealed.sealedKey), "base64"),
    sealed.bytes.subarray(0, NONCE),
  );
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(sealed.bytes.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(sealed.bytes.subarray(NONCE, -TAG)), decipher.final()]);
  if (sha256Of(plain) !== sealed.sha256) throw new Error(`the file of ${id} is not the one that came in`);
  return plain;
}
