import { WhyQuestion } from "../why/why-page.tsx";

/** "Why didn't this count?" for a partner: its own clicks, events and customers. */
export function OwnWhy() {
  return <WhyQuestion own />;
}
