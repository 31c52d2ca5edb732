import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TimelineFilter } from './arranged.ts';

/** Which entries are shown: `?service=billing&kind=event`. */
export const useTimelineFilter = (): readonly [TimelineFilter, (filter: TimelineFilter) => void] => {
  const search: { readonly service?: unknown; readonly kind?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = ({ service, kind }: TimelineFilter): void =>
    void navigate({
      to: '.',
      search: ((kept: object) => ({ ...kept, service: service || undefined, kind: kind || undefined })) as never,
      replace: true,
      resetScroll: false,
    });
  return [{ service: textOf(search.service), kind: textOf(search.kind) }, set];
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
