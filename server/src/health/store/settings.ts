import type { HealthSettings } from "@tributary/contract";
import type { Db } from "../../database/index.ts";

type Kept = Omit<HealthSettings, "programId">;

/** What holds until somebody says otherwise. */
export const DEFAULTS: Kept = {
  sensitivity: "normal",
  kinds: ["clicks", "conversions", "delay", "postback_errors", "rejected_calls"],
  partnerKinds: ["postback_errors"],
  newNormalDays: 21,
  mail: true,
  emails: [],
  quiet: [],
  revision: 0,
};

export async function settingsOf(db: Db, programIds: readonly string[]): Promise<ReadonlyMap<string, HealthSettings>> {
  if (programIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("health.setting")
    .selectAll()
    .where("program_id", "in", [...programIds])
    .execute();
  const stored = new Map(rows.map((row) => [row.program_id, row]));
  return new Map(
    programIds.map((programId) => {
      const row = stored.get(programId);
      if (row === undefined) return [programId, { programId, ...DEFAULTS }];
      return [
        programId,
        {
          programId,
          sensitivity: row.sensitivity as Kept["sensitivity"],
          kinds: row.kinds as Kept["kinds"],
          partnerKinds: row.partner_kinds as Kept["partnerKinds"],
          newNormalDays: row.new_normal_days,
          mail: row.mail,
          emails: row.emails,
          quiet: row.quiet as unknown as Kept["quiet"],
          revision: row.revision,
        },
      ];
    }),
  );
}

/** @returns false when somebody else has changed them since that revision */
export async function saveSettings(db: Db, programId: string, change: Kept): Promise<boolean> {
  const row = {
    program_id: programId,
    sensitivity: change.sensitivity,
    kinds: change.kinds,
    partner_kinds: change.partnerKinds,
    new_normal_days: change.newNormalDays,
    mail: change.mail,
    emails: change.emails,
    quiet: JSON.stringify(change.quiet),
    revision: change.revision + 1,
  };
  const saved = await db
    .insertInto("health.setting")
    .values(row)
    .onConflict((conflict) =>
      conflict.column("program_id").doUpdateSet(row).where("health.setting.revision", "=", change.revision),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}
