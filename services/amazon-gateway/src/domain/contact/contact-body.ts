import type { ContactRequest } from '../write-request.ts';

/** A file at Amazon, with the name that the buyer sees. */
export interface CarriedFile {
  readonly uploadDestinationId: string;
  readonly fileName: string;
}

/** What Amazon is told to say. Nothing for what it says in its own words. */
export const contactBody = (
  { contact, coverage }: ContactRequest,
  text: string | undefined,
  attachments: readonly CarriedFile[],
): object | undefined => {
  if (contact === 'request-review') return undefined;
  return {
    ...(text !== undefined && { text }),
    ...(attachments.length > 0 && { attachments }),
    ...(coverage?.from && { coverageStartDate: coverage.from }),
    ...(coverage?.until && { coverageEndDate: coverage.until }),
  };
};
