import { type AlertKind, alertKinds } from '../domain/alert.ts';
import type { Facts } from '../domain/facts.ts';
import { type Language, languages, type Voice } from '../domain/language.ts';
import { samples } from '../domain/samples.ts';
import { type DigestValues, digestSample, type MessageValues, messageSample, type PageValues, pageSample } from './frames.ts';
import { type Fill, type Parts, templateFolder } from './template-folder.ts';

/** What a kind is called; and one alert of it in words: on one line, as text and as HTML. */
const alertParts = { name: 'title', title: 'title', text: 'text', html: 'html' } as const;
/** A message as a whole. The title becomes a mail's subject. */
const frameParts = { title: 'title', text: 'text', html: 'html', foot: 'html' } as const;
const pageParts = { html: 'html' } as const;

type Filled<Wanted extends Parts> = ReturnType<Fill<Wanted>>;
type AlertWords = Filled<typeof alertParts>;
export type FrameWords = Filled<typeof frameParts>;

/** Everything that is said, in every language. */
export interface Templates {
  alert(facts: Facts, voice: Voice): AlertWords;
  message(values: MessageValues, voice: Voice): FrameWords;
  digest(values: DigestValues, voice: Voice): FrameWords;
  page(values: PageValues, voice: Voice): string;
}

/** The service does not start with templates that are wrong: an alert that cannot be told is found out at the worst moment. */
class TemplatesError extends Error {
  constructor(complaints: readonly string[]) {
    super(`Cannot start, the templates are wrong:\n${complaints.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'TemplatesError';
  }
}

/** @throws TemplatesError that names each file and what is wrong in it. */
export const loadTemplates = (folder = new URL('../templates/', import.meta.url)): Templates => {
  const complaints: string[] = [];
  const entries = languages.map((language) => [language, inLanguage(folder, language, (problem) => complaints.push(problem))] as const);
  if (complaints.length > 0) throw new TemplatesError(complaints);
  const said = Object.fromEntries(entries) as Record<Language, ReturnType<typeof inLanguage>>;
  return {
    alert: (facts, { language, timeZone }) => said[language].alerts[facts.kind](facts, timeZone),
    message: (values, { language, timeZone }) => said[language].message(values, timeZone),
    digest: (values, { language, timeZone }) => said[language].digest(values, timeZone),
    page: (values, { language, timeZone }) => said[language].page(values, timeZone).html,
  };
};

const inLanguage = (folder: URL, language: Language, complain: (problem: string) => void) => {
  const { template } = templateFolder(new URL(`${language}/`, folder), language, complain);
  const alerts = alertKinds.map((kind) => [kind, template(`${kind}.liquid`, alertParts, samples[kind])] as const);
  return {
    alerts: Object.fromEntries(alerts) as Record<AlertKind, Fill<typeof alertParts>>,
    message: template('frames/message.liquid', frameParts, messageSample, ['text', 'html']),
    digest: template('frames/digest.liquid', frameParts, digestSample),
    page: template('../page.liquid', pageParts, pageSample, ['content', 'foot']),
  };
};
