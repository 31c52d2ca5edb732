import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as breath } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { Mark, Sheet } from './paper.ts';
import { fontOf } from './text/fonts.ts';

/** Many documents as one PDF. */
export type Documents<T> = AsyncIterable<T> | Iterable<T>;

/**
 * Writes while it is read: only what the reader has not taken yet is in memory, and nothing is ever on disk. Others get their turn
 * after each document. A document that cannot be had breaks the stream.
 */
export const render = <T>(documents: Documents<T>, title: string, layOut: (document: T) => readonly Sheet[]): Readable => {
  const out = new PassThrough({ highWaterMark: 256 * 1024 });
  const pdf = new PDFDocument({
    ...{ autoFirstPage: false, margin: 0, pdfVersion: '1.7', info: { Title: title, Producer: 'Orderbus', Creator: 'Orderbus' } },
    // Otherwise pdfkit brings Helvetica along, which nothing here is written in.
    font: null as never,
  });
  pdf.on('data', (chunk: Buffer) => out.write(chunk));
  pdf.on('end', () => out.end());
  const write = async (): Promise<void> => {
    for await (const document of documents) {
      for (const sheet of layOut(document)) drawSheet(pdf, sheet);
      await breath();
      if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
      if (out.destroyed) return;
    }
    pdf.end();
  };
  write().catch((error: unknown) => out.destroy(error as Error));
  return out;
};

type Pdf = InstanceType<typeof PDFDocument>;

const drawSheet = (pdf: Pdf, { width, height, marks }: Sheet): void => {
  pdf.addPage({ size: [width, height], margin: 0 });
  for (const mark of marks) draw[mark.kind](pdf, mark as never);
};

const draw: { readonly [Kind in Mark['kind']]: (pdf: Pdf, mark: Extract<Mark, { kind: Kind }>) => void } = {
  box: (pdf, { x, y, width, height, color }) => pdf.rect(x, y, width, height).fill(color),
  text: (pdf, { x, y, line, letters: { size, weight }, color }) => {
    let left = x;
    for (const { text, face, rightToLeft, width } of line.runs) {
      // With `features`, pdfkit shapes the run as a whole. Word by word, it would put words that are read from the right in the wrong order.
      const whole = rightToLeft ? { features: [] } : {};
      pdf
        .font(fontOf(face, weight) as never, `${face}-${weight}`)
        .fontSize(size)
        .fillColor(color);
      pdf.text(text, left, y, { lineBreak: false, baseline: 'alphabetic', ...whole });
      left += width;
    }
  },
};
