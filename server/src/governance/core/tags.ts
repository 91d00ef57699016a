export interface Tagged {
  readonly recordId: string;
  readonly tags: readonly string[];
  /** tags that rules set, with the rule */
  readonly byRule: ReadonlyMap<string, string>;
}
export interface TagWish {
  readonly ruleId: string;
  readonly tag: string;
  readonly holds: boolean;
}
export interface TagChange {
  readonly recordId: string;
  /** the record's tags as they shall be; undefined: they stay as they are */
  readonly tags: readonly string[] | undefined;
  readonly add: readonly { readonly tag: string; readonly ruleId: string }[];
  readonly remove: readonly string[];
}

/**
 * What rules change about a record's tags. A tag that stands without a rule's name beside it was set by hand: no rule takes it over, and none
 * takes it away. A tag that a rule set and a person took away is set again while the rule holds: the rule is the place to change that.
 */
export function tagChange(record: Tagged, wishes: readonly TagWish[]): TagChange | undefined {
  const wanted = new Map<string, string>();
  for (const wish of wishes) if (wish.holds && !wanted.has(wish.tag)) wanted.set(wish.tag, wish.ruleId);
  const standing = new Set(record.tags);
  const add = [...wanted]
    .filter(([tag, ruleId]) => (standing.has(tag) ? record.byRule.has(tag) && record.byRule.get(tag) !== ruleId : true))
    .map(([tag, ruleId]) => ({ tag, ruleId }));
  const remove = [...record.byRule.keys()].filter((tag) => !wanted.has(tag));
  if (add.length === 0 && remove.length === 0) return undefined;
  const gone = new Set(remove);
  const after = [...record.tags.filter((tag) => !gone.has(tag)), ...add.map(({ tag }) => tag)];
  const tags = [...new Set(after)];
  const same = tags.length === record.tags.length && tags.every((tag, index) => tag === record.tags[index]);
  return { recordId: record.recordId, tags: same ? undefined : tags, add, remove };
}
