import { useRecord } from "../api/records.ts";

interface Named {
  readonly data: readonly { readonly id: string; readonly name: string }[];
}

const MOST = 200;

/** Names by id, asked for in one call: for texts and charts, where a component cannot stand. */
export function useRecordNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const wanted = [...new Set(ids)].sort().slice(0, MOST);
  const names = useRecord<Named>("/names", { ids: wanted.join(",") }, { enabled: wanted.length > 0 });
  return new Map(names.data?.data.map((one) => [one.id, one.name]));
}
