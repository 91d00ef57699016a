import assert from "node:assert/strict";
import { test } from "node:test";
import type { Filter, View } from "./list-declaration.ts";
import { isChanged, nextSort, stateOf, withFilters, withValue, withView } from "./list-query.ts";

const filters: readonly Filter[] = [
  { kind: "choice", field: "status", label: "Status", options: [] },
  { kind: "days", field: "created", label: "Created" },
];
const views: readonly View[] = [
  { id: "all", label: "All" },
  { id: "active", label: "Active", filters: { status: "active" }, sort: "-created" },
];

test("an address without filters shows the view as it was saved", () => {
  const state = stateOf({ view: "active" }, views, filters, "name");
  assert.deepEqual([state.view?.id, state.filters, state.sort], ["active", { status: "active" }, "-created"]);
});

test("the first view is where people start, in the list's own order", () => {
  const state = stateOf({}, views, filters, "name");
  assert.deepEqual([state.view?.id, state.filters, state.sort], ["all", {}, "name"]);
});

test("removing the last filter of a view shows everything, and not the view's filter again", () => {
  const search = withFilters({ view: "active" }, filters, { status: "" });
  assert.deepEqual(stateOf(search, views, filters, "name").filters, {});
});

test("a range of days is two parameters, and changing view drops them", () => {
  const search = withFilters({ view: "all" }, filters, { createdFrom: "2026-01-01", createdTo: "2026-02-01" });
  assert.deepEqual(stateOf(search, views, filters, undefined).filters, {
    createdFrom: "2026-01-01",
    createdTo: "2026-02-01",
  });
  assert.deepEqual(withView(search, filters, "active"), { view: "active" });
});

test("unknown parameters are no filters and survive", () => {
  const search = withFilters({ tab: "links", other: "1" }, filters, { status: "paused" });
  assert.deepEqual(search, { tab: "links", other: "1", status: "paused" });
  assert.deepEqual(stateOf(search, views, filters, undefined).filters, { status: "paused" });
});

test("what a view asks beyond the list's filters stays when a filter is set or removed", () => {
  const newest: readonly View[] = [{ id: "newest", label: "Newest", filters: { latest: "true", status: "active" } }];
  assert.deepEqual(stateOf({ status: "paused" }, newest, filters, undefined).filters, {
    latest: "true",
    status: "paused",
  });
  const search = withFilters({}, filters, { latest: "true", status: "" });
  assert.deepEqual(search, { filters: "none" });
  assert.deepEqual(stateOf(search, newest, filters, undefined).filters, { latest: "true" });
});

test("a column's head goes ascending, descending, back", () => {
  assert.deepEqual(
    ["name", "-name", undefined].map((now) => nextSort(now, "name")),
    ["-name", undefined, "name"],
  );
});

test("only a difference from the saved view can be saved", () => {
  assert.equal(isChanged({ view: "active", tab: "x" }, filters), false);
  assert.equal(isChanged(withValue({ view: "active" }, "q", "acme"), filters), true);
});
