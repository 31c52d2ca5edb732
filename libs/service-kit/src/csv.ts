/** Without it Excel takes UTF-8 for something else. */
export const byteOrderMark = '\uFEFF';

/** One row: quoted where it has to be, and no text of it a formula. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? quoted(inert(cell)) : (cell ?? ''))).join(',')}\r\n`;

/** What a spreadsheet would take for a formula is made text: a title, a name or a note may come from somebody who means harm. */
export const inert = (text: string): string => (/^[\s\0]*[=+\-@|＝＋－＠]|^[\t\r\n\0]/.test(text) ? `'${text}` : text);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Gathers the lines of a file until there is enough for one write: a line at a time is slow. */
export async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}
