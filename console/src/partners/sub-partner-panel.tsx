import { NetworkView } from "./network-view.tsx";

/** Partners below this one, at every level, with what was earned on each. */
export function SubPartnerPanel({ partnerId }: { readonly partnerId: string }) {
  return <NetworkView partnerId={partnerId} />;
}
