import { PostbackList } from "../postbacks/postback-list.tsx";

/** The partner's own addresses that are told what happens. */
export function OwnPostbacks() {
  return <PostbackList own />;
}
