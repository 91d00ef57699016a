import { ActivityPanel } from "./activity-panel.tsx";
import { TaskPanel } from "./task-panel.tsx";

/** Activities and tasks of a partner, on its page. */
export function PartnerWork({ partnerId, email }: { readonly partnerId: string; readonly email: string }) {
  return (
    <>
      <TaskPanel partnerId={partnerId} />
      <ActivityPanel partnerId={partnerId} email={email} />
    </>
  );
}
