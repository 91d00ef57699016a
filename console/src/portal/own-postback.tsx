import { PostbackRecord } from "../postbacks/postback-record.tsx";

export function OwnPostback() {
  return <PostbackRecord />;
}
