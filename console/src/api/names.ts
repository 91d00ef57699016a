import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "./client.ts";

interface Waiting {
  readonly settle: (name: string | null) => void;
  readonly fail: (error: unknown) => void;
}

const MOST = 200;
let asked = new Map<string, Waiting[]>();

/** Asks for the names of all ids that a screen wants within one turn, in one call. */
function askFor(id: string, language: string): Promise<string | null> {
  if (asked.size === 0) setTimeout(send, 5, language);
  return new Promise((settle, fail) => {
    asked.set(id, [...(asked.get(id) ?? []), { settle, fail }]);
  });
}

function send(language: string): void {
  const batch = asked;
  asked = new Map();
  const ids = [...batch.keys()];
  for (let from = 0; from < ids.length; from += MOST) void sendSome(ids.slice(from, from + MOST), batch, language);
}

async function sendSome(
  ids: readonly string[],
  batch: ReadonlyMap<string, readonly Waiting[]>,
  language: string,
): Promise<void> {
  try {
    const found = await api.get<{ data: readonly { id: string; name: string }[] }>("/names", { ids, language });
    const names = new Map(found.data.map((one) => [one.id, one.name]));
    for (const id of ids) for (const waiting of batch.get(id) ?? []) waiting.settle(names.get(id) ?? null);
  } catch (error) {
    for (const id of ids) for (const waiting of batch.get(id) ?? []) waiting.fail(error);
  }
}

/** The name of a record by its id; null when the person may not see it, undefined while it is asked for. */
export function useName(id: string | null | undefined): string | null | undefined {
  const language = useTranslation().i18n.language === "es" ? "es" : "en";
  const query = useQuery({
    queryKey: ["names", id, language],
    queryFn: () => askFor(id as string, language),
    enabled: id !== null && id !== undefined && id !== "",
    staleTime: 5 * 60_000,
  });
  return query.data;
}
