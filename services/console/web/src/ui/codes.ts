const code = /^[a-z0-9]+([-_.][a-z0-9]+)*$/;

/** The words for a code of Amazon's or ours; a new one, for which there are none yet, made readable; what somebody wrote, as it is. */
export const wordsFor = (words: Readonly<Record<string, string>>, text: string): string =>
  words[text] ?? (code.test(text) ? readable(text) : text);

const readable = (text: string): string => {
  const spaced = text.replaceAll(/[-_.]+/g, ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
