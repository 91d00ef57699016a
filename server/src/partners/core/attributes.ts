const ATTRIBUTE_TAG = /^([a-z][a-z0-9_]{0,39}):\s*(\S.*)$/;

/** What a partner's tags say to plans: `level_value:0.8` or `grade:gold` is an attribute with a value; a tag without a colon is none. */
export function attributesOfTags(tags: readonly string[]): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const tag of tags) {
    const [, name, value] = ATTRIBUTE_TAG.exec(tag) ?? [];
    if (name !== undefined && value !== undefined) attributes[name] = value;
  }
  return attributes;
}
