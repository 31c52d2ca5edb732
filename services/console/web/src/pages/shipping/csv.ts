/** What is pasted from a spreadsheet has tabs between its columns; a file has commas or semicolons, and stays as it is. */
export const csvOf = (text: string): string => {
  const lines = text.trim().split(/\r?\n/);
  if (!lines[0]?.includes('\t')) return text;
  return lines.map((line) => line.split('\t').map(quoted).join(',')).join('\r\n');
};

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
