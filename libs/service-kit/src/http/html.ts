/** Markup that may be put into a page as it is. Only `html` makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | undefined | readonly Content[];

/** Markup from a template, in which everything that is not markup itself is escaped. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html =>
  new Html(parts.map((part, index) => part + (index < contents.length ? rendered(contents[index]) : '')).join(''));

const rendered = (content: Content): string => {
  if (content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(rendered).join('');
  return String(content).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
};
