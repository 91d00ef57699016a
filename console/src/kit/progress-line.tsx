import { Progress } from "@mantine/core";
import { useFormat } from "../i18n/use-format.ts";

interface ProgressLineProps {
  readonly label: string;
  readonly done: number;
  /** Null while nobody knows how much there is. */
  readonly total: number | null;
}

/** For anything over a second: what is being done, how far it is, what is left. */
export function ProgressLine({ label, done, total }: ProgressLineProps) {
  const format = useFormat();
  const share = total === null || total === 0 ? 1 : done / total;
  const counted = total === null ? format.number(done) : `${format.number(done)} / ${format.number(total)}`;
  return (
    <div role="status">
      <div style={{ display: "flex", justifyContent: "space-between", marginBottom: 4 }}>
        <span>{label}</span>
        <span className="tabular">{counted}</span>
      </div>
      <Progress value={share * 100} animated={total === null} size="sm" aria-label={label} />
    </div>
  );
}
