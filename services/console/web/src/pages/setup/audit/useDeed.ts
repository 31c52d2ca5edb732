import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** What was done, in words. */
export const useDeed = (): ((action: string) => string) => {
  const { t } = useTranslation('audit');
  return (action) => {
    const key = `audit:deed.${action}`;
    if (i18next.exists(key)) return t(key as never) as unknown as string;
    const what = spokenOf(action.replace(/^(get|post|put|patch|delete)/, ''));
    return t(action.startsWith('get') ? 'looked' : 'other', { what });
  };
};

/** `OrdersByOrderIdPackingSlip`: "orders, packing slip". */
const spokenOf = (name: string): string =>
  name
    .replace(/By[A-Z][a-z]*(?:Id|Code|Sku)?/g, ', ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^, |, $/g, '')
    .toLowerCase();

/** What was set or seen, in words. What has none is named as calls name it. */
export const useFields = (): ((names: readonly string[]) => string) => {
  const { t } = useTranslation('audit');
  return (names) =>
    names
      .map((name) => {
        const key = `audit:field.${name}`;
        return i18next.exists(key) ? (t(key as never) as unknown as string) : name;
      })
      .join(', ');
};

/** Why, in words: some reasons are codes, others are what somebody has written. */
export const useReason = (): ((reason: string | null) => string) => {
  const { t } = useTranslation('audit');
  return (reason) => {
    if (reason === null) return '';
    const key = `audit:reasons.${reason}`;
    return /^[a-z-]+$/.test(reason) && i18next.exists(key) ? (t(key as never) as unknown as string) : reason;
  };
};
