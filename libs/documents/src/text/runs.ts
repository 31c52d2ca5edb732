import createBidi from 'bidi-js';
import { type FaceId, faceOf, has } from './fonts.ts';

/** Letters of one face in one direction: what can be drawn at once. */
export interface Run {
  /** In the order in which it is read; the font turns it around if it is read from the right. */
  readonly text: string;
  readonly face: FaceId;
  readonly rightToLeft: boolean;
}

export type Direction = 'ltr' | 'rtl';

const bidi = createBidi();

/** Which way a paragraph is read: as its first letter that has a direction. */
export const directionOf = (text: string): Direction =>
  mayTurn.test(text) && (bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr';

/** The blocks of the scripts that are read from the right. Without one of them there is nothing to find out, which takes time. */
const mayTurn = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A line's runs as they stand on paper, from left to right (Unicode's bidirectional algorithm, rule L2). */
export const runsOf = (line: string, direction: Direction): Run[] => {
  if (line === '') return [];
  const levels = direction === 'rtl' || mayTurn.test(line) ? bidi.getEmbeddingLevels(line, direction).levels : [];
  const pieces: Piece[] = [];
  let offset = 0;
  for (const character of line) {
    const level = levels[offset] ?? 0;
    offset += character.length;
    const last = pieces.at(-1);
    const face = faceAfter(last?.face, character, level);
    const drawn = level % 2 === 1 ? (bidi.getMirroredCharacter(character) ?? character) : character;
    if (last?.face === face && last.level === level) last.text += drawn;
    else pieces.push({ text: drawn, face, level });
  }
  return inVisualOrder(pieces).map(({ text, face, level }) => ({
    ...{ text: level % 2 === 1 && !hasLetters(text) ? backwards(text) : text, face, rightToLeft: level % 2 === 1 },
  }));
};

interface Piece {
  text: string;
  readonly face: FaceId;
  readonly level: number;
}

/**
 * Marks and joiners stay with the letter before them: torn apart, they would not be shaped together. So do spaces between letters that are
 * read from the right. Elsewhere a space is the first face's: some fonts have one that fontkit cannot measure.
 */
const faceAfter = (before: FaceId | undefined, character: string, level: number): FaceId => {
  const codePoint = character.codePointAt(0) ?? 0;
  const stays = level % 2 === 1 ? /^[\p{Mark}\p{Cf}\p{White_Space}]$/u : /^[\p{Mark}\p{Cf}\p{Emoji_Modifier}]$/u;
  return before !== undefined && stays.test(character) && has(before, codePoint) ? before : faceOf(codePoint);
};

const inVisualOrder = (pieces: readonly Piece[]): Piece[] => {
  const ordered = [...pieces];
  const highest = Math.max(...pieces.map(({ level }) => level));
  for (let level = highest; level > 0; level--)
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  return ordered;
};

/** A font turns letters around that are read from the right. Brackets and spaces alone it does not. */
const hasLetters = (text: string): boolean => /\p{Letter}/u.test(text);

const backwards = (text: string): string => [...text].reverse().join('');
