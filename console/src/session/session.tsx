import { useQueryClient } from "@tanstack/react-query";
import type { Me, Program } from "@tributary/contract";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { onSignedOut } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ZoneContext } from "../i18n/use-format.ts";
import { usePreference } from "../kit/preferences.ts";

export type ProgramChoice = Pick<Program, "id" | "name" | "timeZone" | "currency" | "trackingDomain">;

interface Session {
  readonly me: Me;
  readonly can: (permission: string | undefined) => boolean;
  readonly programs: readonly ProgramChoice[];
  /** The program that lists and reports are narrowed to, or null for all. */
  readonly program: ProgramChoice | null;
  readonly chooseProgram: (id: string | null) => void;
}

const SessionContext = createContext<Session | null>(null);

/** Who is signed in; only below the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession is used outside the shell");
  return session;
}

/** The query parameter that narrows a list to the chosen program: spread it into `fixed`. */
export function useProgramQuery(): Readonly<Record<string, string>> {
  const { program } = useSession();
  const id = program?.id;
  return useMemo((): Readonly<Record<string, string>> => (id === undefined ? {} : { programId: id }), [id]);
}

interface SessionGateProps {
  readonly children: ReactNode;
  readonly waiting: ReactNode;
  readonly failed: (error: unknown, retry: () => void) => ReactNode;
  readonly onSignedOut: () => void;
}

/** Asks who is signed in; nobody leads to the sign-in screen, and nothing of the last person stays in memory. */
export function SessionGate({ children, waiting, failed, onSignedOut: leave }: SessionGateProps) {
  const client = useQueryClient();
  const me = useRecord<Me>("/me");
  const programs = useRecord<{ data: readonly ProgramChoice[] }>(
    "/programs",
    { limit: 100 },
    { enabled: me.isSuccess && me.data.kind !== "partner_user" },
  );
  const [chosen, setChosen] = usePreference<string | null>("program", null);
  useEffect(
    () =>
      onSignedOut(() => {
        client.clear();
        leave();
      }),
    [client, leave],
  );
  const session = useMemo((): Session | null => {
    if (me.data === undefined) return null;
    // A form that opens with the page begins with the person's program: it must not be shown before the programs are known.
    if (me.data.kind !== "partner_user" && programs.isPending) return null;
    const permissions = new Set(me.data.permissions);
    const all = programs.data?.data ?? [];
    return {
      me: me.data,
      can: (permission) => permission === undefined || permissions.has(permission),
      programs: all,
      program: all.find((program) => program.id === chosen) ?? null,
      chooseProgram: (id) => setChosen(id ?? undefined),
    };
  }, [me.data, programs.data, programs.isPending, chosen, setChosen]);
  if (me.isError) return me.error.status === 401 ? waiting : failed(me.error, () => void me.refetch());
  if (session === null) return waiting;
  const zone = session.program?.timeZone ?? onlyZone(session.programs) ?? "UTC";
  return (
    <SessionContext value={session}>
      <ZoneContext value={zone}>{children}</ZoneContext>
    </SessionContext>
  );
}

/** All programs together are shown in their own zone when they share one. */
function onlyZone(programs: readonly ProgramChoice[]): string | undefined {
  const zones = new Set(programs.map((program) => program.timeZone));
  return zones.size === 1 ? programs[0]?.timeZone : undefined;
}
