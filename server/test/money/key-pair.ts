import { generateKeyPairSync } from "node:crypto";

/** A new Ed25519 key pair, as signing of statements wants it. */
export function testKeyPair(): { publicKey: Uint8Array; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return {
    publicKey: Buffer.from(x, "base64url"),
    privateKey: String(privateKey.export({ format: "pem", type: "pkcs8" })),
  };
}
