/** The back office of the sample as a process of its own, started by demo/build.ts; ends when its parent does. */
import { type Books, type BooksOrder, openBooks } from "./demo/books.ts";
import { answerOrders } from "./demo/parts.ts";
import { joinProgram } from "./program.ts";

let books: Books | undefined;

answerOrders<BooksOrder>(async (order) => {
  if ("open" in order) {
    const { configuration, addresses, records, until } = order.open;
    books = await openBooks(joinProgram(configuration, addresses, "sample books"), records, until);
  } else if ("ended" in order) await books?.endMonth(order.ended.month, order.ended.brought);
  else await books?.finish();
});
