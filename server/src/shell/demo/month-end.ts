import type { Context } from "../../database/index.ts";
export async function payMonth(_ctx: Context, _month: string): Promise<void> {}
