import { OneAlert } from "../health/alert-record.tsx";
import { AlertList } from "../health/health-list.tsx";

/** What is unusual about the partner's own tracking, as far as the program shows it. */
export function OwnHealth() {
  return <AlertList own />;
}

export function OwnAlert() {
  return <OneAlert own />;
}
