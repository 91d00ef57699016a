import { Refusal } from "../kernel/refusal.ts";

/**
 * Runs a write and turns the database's "there is one already" into a refusal that names the field. The transaction is broken
 * afterwards, as after any error.
 * @throws Refusal `already_exists`
 */
export async function refuseDuplicate<T>(field: string, value: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: unknown }).code !== "23505") throw error;
    throw new Refusal("already_exists", `There is already one with ${field} ${value}.`, [
      { field, value, message: "is taken", hint: "Choose another, or open the existing record." },
    ]);
  }
}
