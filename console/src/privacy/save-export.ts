import { saveAddress } from "../kit/list/csv.ts";

/** Makes the ZIP and hands it to the browser. @throws with what the API says */
export async function saveExport(of: {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly reason: string;
}): Promise<void> {
  const answer = await fetch("/v1/privacy/exports", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(of),
  });
  if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail ?? answer.statusText);
  const address = URL.createObjectURL(await answer.blob());
  saveAddress(address, `personal-data-${of.subjectId}.zip`);
  URL.revokeObjectURL(address);
}
