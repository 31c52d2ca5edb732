/** The languages that messages are written in: folders of `src/templates`. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** In which language, and by the clock of which zone. */
export interface Voice {
  readonly language: Language;
  readonly timeZone: string;
}

/** What is said to programs, and kept. */
export const plainVoice: Voice = { language: 'en', timeZone: 'UTC' };
