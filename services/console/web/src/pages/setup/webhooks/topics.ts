/** Topics by what they begin with, which is what they are about. */
export const groupsOf = (topics: readonly string[]): readonly (readonly [group: string, topics: readonly string[]])[] => [
  ...Map.groupBy(topics, (topic) => topic.split('.')[0] ?? topic),
];

/** With the whole of a group, its single topics go without saying. */
export const chosenTopics = (chosen: readonly string[]): string[] =>
  chosen.filter((topic) => topic.endsWith('*') || !chosen.includes(`${topic.split('.')[0]}.*`));
