import { createHash, createPrivateKey, sign } from "node:crypto";
import type { StatementKeys } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import { activeKey, allKeys, insertKey, retireKeys, type SigningKeyRow } from "./store/signing-keys.ts";

/** What signing is given: the vault that private keys rest in, and where new ones come from. */
export interface SigningNeeds {
  readonly vault: { close(text: string): string; open(sealed: string): string };
  /** A new Ed25519 key pair: the raw public key, and the private one as PKCS #8 PEM. */
  readonly newKeyPair: () => { readonly publicKey: Uint8Array; readonly privateKey: string };
}

export interface Signer {
  readonly keyId: string;
  /** base64url, 32 bytes */
  readonly publicKey: string;
  /** base64url of the Ed25519 signature over the text's UTF-8 bytes */
  sign(text: string): string;
}

/** The key that signs now; the first is made when it is needed. */
export async function signer(ctx: Context, needs: SigningNeeds): Promise<Signer> {
  const row = (await activeKey(ctx.db)) ?? (await transact(ctx, (tx) => makeKey(tx, needs)));
  const key = createPrivateKey(needs.vault.open(row.sealed_private));
  return {
    keyId: row.key_id,
    publicKey: row.public_key,
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64url"),
  };
}

/** Retires the key that signs now and makes another; what was signed stays verifiable. */
export async function rotateKey(ctx: Context, actor: Actor, needs: SigningNeeds): Promise<StatementKeys> {
  requirePermission(actor, "settings.write", {});
  return await transact(ctx, async (tx) => {
    await retireKeys(tx.db, tx.clock.now());
    const row = await makeKey(tx, needs);
    await audit.record(tx, actor, {
      action: "statements.signing_key_rotated",
      subjectKind: "signing_key",
      subjectId: row.key_id,
      after: { publicKey: row.public_key },
    });
    return await publicKeys(tx.db);
  });
}

/** Every public key, the one that signs now first: what `/.well-known/tributary-statement-keys.json` answers. */
export async function publicKeys(db: Db): Promise<StatementKeys> {
  const rows = await allKeys(db);
  return {
    keys: rows.map((row) => ({
      kid: row.key_id,
      kty: "OKP",
      crv: "Ed25519",
      use: "sig",
      x: row.public_key,
      status: row.retired_at === null ? "active" : "retired",
      createdAt: row.created_at.toISOString(),
      retiredAt: row.retired_at?.toISOString() ?? null,
    })),
  };
}

/** Two that make the first one at once make one: the index of the active key lets only one in. */
async function makeKey(tx: Context, needs: SigningNeeds): Promise<SigningKeyRow> {
  const pair = needs.newKeyPair();
  const row = {
    key_id: keyIdOf(pair.publicKey),
    public_key: Buffer.from(pair.publicKey).toString("base64url"),
    sealed_private: needs.vault.close(pair.privateKey),
    created_at: tx.clock.now(),
    retired_at: null,
  };
  await insertKey(tx.db, row);
  return (await activeKey(tx.db)) ?? row;
}

/** The first 16 hex digits of the public key's SHA-256. */
function keyIdOf(publicKey: Uint8Array): string {
  return createHash("sha256").update(publicKey).digest("hex").slice(0, 16);
}
