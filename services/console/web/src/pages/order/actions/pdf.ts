import { request } from '../../../api/request.ts';
import { done } from '../../../api/services.ts';

/** PDFs are drawn when they are fetched; what is not possible is said here, and not in an empty tab. */
export const openPdf = async (pathOf: () => string | Promise<string>): Promise<void> => {
  // Opened at the click: later the browser would take it for an unwanted window.
  const tab = window.open('', '_blank');
  try {
    const answer = await request(await pathOf());
    const address = URL.createObjectURL(await answer.blob());
    if (tab) tab.location.replace(address);
    else download(address, nameIn(answer));
    setTimeout(() => URL.revokeObjectURL(address), keptMs);
  } catch (error) {
    tab?.close();
    throw error;
  }
};

/** Long enough for whoever prints or saves it from its tab. */
const keptMs = 10 * 60_000;

const download = (href: string, name: string): void => {
  Object.assign(document.createElement('a'), { href, download: name }).click();
};

const nameIn = (answer: Response): string =>
  /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'orderbus.pdf';

/** The path of a print job's PDF, once it has been prepared. */
export const jobPdf = async (baseUrl: string, job: Promise<{ data?: { readonly id: string } }>): Promise<string> =>
  `${baseUrl}/print-jobs/${(await done(job)).id}/pdf`;
