/** Text without the tags of HTML that came with it. A lone `<` or `>` is text. */
export const plainText = (text: string): string => {
  const stripped = text.replaceAll(/<(?:!--[\s\S]*?--|\/?[a-z][^<>]*|![^<>]*)>/gi, '');
  // What was left around a tag may be one: `<<b>script>`.
  return stripped === text ? text.trim() : plainText(stripped);
};
