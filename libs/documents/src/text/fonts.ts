import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph } from 'fontkit';

export type Weight = 'regular' | 'bold';

/** A family of letters; its place in the list is its id. */
export type FaceId = number;

const both = (name: string, file: string): Readonly<Record<Weight, string>> => ({
  regular: `${name}/400Regular/${file}_400Regular.ttf`,
  bold: `${name}/700Bold/${file}_700Bold.ttf`,
});

const one = (name: string, file: string): Readonly<Record<Weight, string>> => {
  const { regular } = both(name, file);
  return { regular, bold: regular };
};

/** In the order in which they are asked for a character: whoever has it first draws it. A script more is a line here. */
const faces: readonly Readonly<Record<Weight, string>>[] = [
  // Latin, Greek, Cyrillic, Devanagari. The first one also draws the box for what nobody has.
  both('@expo-google-fonts/noto-sans', 'NotoSans'),
  // Not Noto's: it puts letters together from a base and dots, and the text of a PDF would lose them.
  both('@expo-google-fonts/ibm-plex-sans-arabic', 'IBMPlexSansArabic'),
  both('@expo-google-fonts/noto-sans-hebrew', 'NotoSansHebrew'),
  both('@expo-google-fonts/noto-sans-thai', 'NotoSansThai'),
  both('@expo-google-fonts/biz-udgothic', 'BIZUDGothic'),
  both('@expo-google-fonts/nanum-gothic', 'NanumGothic'),
  // Chinese that Japanese does not have.
  one('@expo-google-fonts/zcool-xiaowei', 'ZCOOLXiaoWei'),
  both('@expo-google-fonts/noto-emoji', 'NotoEmoji'),
];

const require = createRequire(import.meta.url);
const opened = new Map<string, Font>();

/** Opened when first needed and kept: opening one takes 40 ms, drawing a page with it 5. */
export const fontOf = (face: FaceId, weight: Weight): Font => {
  const path = faces[face]?.[weight] ?? '';
  const known = opened.get(path);
  if (known !== undefined) return known;
  const font = rememberingNoText(create(readFileSync(require.resolve(path))) as Font);
  opened.set(path, font);
  return font;
};

/** Who draws this character. Where nobody has it, the first one shows a box. */
export const faceOf = (character: number): FaceId =>
  Math.max(
    0,
    faces.findIndex((_, face) => has(face, character)),
  );

export const has = (face: FaceId, character: number): boolean => fontOf(face, 'regular').hasGlyphForCodePoint(character);

/**
 * fontkit keeps a glyph together with the characters that it first stood for. Those stand in the PDF, for whoever copies or searches its text;
 * but a glyph may have been part of another one then, and characters would stay in memory from one document to the next.
 */
const rememberingNoText = (font: Font): Font => {
  const getGlyph = font.getGlyph.bind(font);
  const own = new Map<number, readonly number[]>();
  const ownOf = (id: number): readonly number[] => {
    const known = own.get(id) ?? [...(font.stringsForGlyph(id)[0] ?? '')].map((character) => character.codePointAt(0) ?? 0);
    own.set(id, known);
    return known;
  };
  font.getGlyph = (id, characters = []) => {
    const glyph = getGlyph(id, []) as { -readonly [Key in keyof Glyph]: Glyph[Key] };
    glyph.codePoints = standsFor(characters, ownOf(id));
    return glyph as Glyph;
  };
  return font;
};

/**
 * The characters of the text that a glyph stands for, where they mean what it shows: a joined letter, a ligature. A letter that was taken
 * apart into a base and its marks stands for what each part shows by itself.
 */
const standsFor = (characters: readonly number[], own: readonly number[]): number[] => {
  const shown = String.fromCodePoint(...own).normalize('NFKC');
  return [...(own.length === 0 || shown === String.fromCodePoint(...characters).normalize('NFKC') ? characters : own)];
};
