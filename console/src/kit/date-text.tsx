import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import type { TimeDetail } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Nothing } from "./money-text.tsx";
import css from "./values.module.css";

interface DateTextProps {
  readonly at: string | null | undefined;
  readonly detail?: TimeDetail;
  /** Writes the zone beside the time; the hover always has it. */
  readonly zone?: boolean;
}

/** An instant in the shown zone; the hover gives weekday, seconds and zone, and the same in UTC. */
export function DateText({ at, detail = "minute", zone }: DateTextProps) {
  const format = useFormat();
  if (!at) return <Nothing />;
  return (
    <Tooltip label={`${format.instant(at, "full")} · ${at}`}>
      <time dateTime={at} className={css.number}>
        {format.instant(at, detail)}
        {zone === true ? <span className={css.zone}>{format.zoneName(at)}</span> : null}
      </time>
    </Tooltip>
  );
}

/** A calendar day or month ("2026-03-31", "2026-03"). */
export function DayText({ day }: { readonly day: string | null | undefined }) {
  const format = useFormat();
  if (!day) return <Nothing />;
  return (
    <time dateTime={day} className={css.number}>
      {format.day(day)}
    </time>
  );
}

/** "3 minutes ago", kept up to date; the hover gives the instant. */
export function AgoText({ at }: { readonly at: string | null | undefined }) {
  const format = useFormat();
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return <Nothing />;
  return (
    <Tooltip label={`${format.instant(at, "full")} · ${at}`}>
      <time dateTime={at} className={css.number}>
        {format.ago(at, Math.max(nowMs, Date.parse(at)))}
      </time>
    </Tooltip>
  );
}
